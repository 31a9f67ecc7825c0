// Must compile: every option, every context family, every stream. Never run.
import {
  type ActivationFrame,
  type AnyAudioContext,
  type LearnResult,
  type ModelShape,
  NMFModel,
  NMFSeparatorNode,
  type NMFSeparatorOptions,
  type Onset,
  type Separation,
  type SeparatorState,
  type Spectrogram,
  type Statistics,
  separate,
  sonify,
  suggestComponents,
} from 'nmf-separator-node';
import { factorize, magnitudes, stft } from 'nmf-separator-node/dsp';
import { drums } from 'nmf-separator-node/models';
import type { Observable } from 'rxjs';
import * as Tone from 'tone';

declare const context: AudioContext;
declare const clip: AudioBuffer;

const options: NMFSeparatorOptions = {
  components: 3,
  fftSize: 2048,
  hopSize: 512,
  window: 'blackman-harris',
  latencyHint: 'interactive',
  divergence: 'itakura-saito',
  activation: 'worklet',
  channelCount: 1,
  historySeconds: 10,
  maskExponent: 1,
  model: drums,
  adaptive: { memorySeconds: 6, trust: 0.5 },
  workletUrl: new URL('https://example.com/worklet.js'),
  workerUrl: '/worker.js',
};

export async function live(): Promise<SeparatorState> {
  const separator = new NMFSeparatorNode(context, options);
  const same: NMFSeparatorNode = await separator.ready;
  const next: AudioNode = context.createGain().connect(separator).connect(context.createGain(), 2, 0);
  const result: LearnResult = await separator.learn([clip, null, new Float32Array(44100)], {
    hold: [1],
    templatesPerComponent: 4,
    pitchShifts: 'auto',
    solver: 'multiplicative',
    signal: new AbortController().signal,
  });
  await separator.learn();
  await separator.learn(await separator.spectrogram(), { seconds: 5 });
  await separator.setModel(result.model.regroup([0, 0, 1]).withLabels(['a', 'b']));
  await separator.setModel(JSON.parse(JSON.stringify(result.model)));
  await separator.setModel(null);
  const frames: Observable<ActivationFrame> = separator.activations$;
  frames.subscribe(({ time, values, levels }) => time + values[0] + levels[0] + separator.levels[1]);
  const onsets: Observable<Onset> = separator.onsets$;
  onsets.subscribe(({ time, component, strength }) => time + component + strength);
  const shape: ModelShape = { sampleRate: 48_000 };
  await separator.setModel(drums.convertTo(shape).convertTo({ fftSize: 1024, window: 'hann' }));
  await separator.adapt({ trust: 0.2 });
  await separator.adapt(false);
  const sung: Spectrogram = await separator.listen(2, { signal: AbortSignal.timeout(1000) });
  await separator.learn([sung, clip, null]);
  const dry: AudioNode = separator.dry;
  dry.connect(context.destination);
  const statistics: Statistics = separator.statistics;
  const heard: Spectrogram = await same.spectrogram();
  separator.maskExponent.linearRampToValueAtTime(1, context.currentTime + heard.frames);
  const components: readonly AudioNode[] = separator.components;
  const reverb = new Tone.Reverb();
  const sameReverb: Tone.Reverb = separator.connect(reverb, 1);
  separator.components[0].connect(sameReverb).toDestination();
  separator.components[0].gain.value = 0.5;
  separator.connect(new Tone.Gain().gain);
  separator.connect(context.createGain().gain, 1);
  separator.disconnect(reverb, 1, 0);
  separator.disconnect(1);
  separator.onstatechange = (event) => event.type;
  separator.onprocessorerror = null;
  components[0].connect(next);
  separator.dispose();
  return statistics.load > 0.5 || separator.adapting || statistics.heardSeconds < 1 ? 'failed' : separator.state;
}

export async function offline(): Promise<AudioBuffer[]> {
  const { components, model }: Separation = await separate(clip, { components: 2, onProgress: (done) => void done });
  const { suggestion } = await suggestComponents(clip, { max: 8 });
  return [...components, sonify(NMFModel.fromJSON(model.toJSON()), suggestion - 1, { seconds: 2 })];
}

export function numerics(samples: Float32Array): Float32Array {
  const spectrogram = stft(samples, { fftSize: 2048, hopSize: 512 });
  const V = magnitudes(spectrogram);
  return factorize(V, spectrogram.frames, spectrogram.bins, { templates: 3, divergence: 'euclidean' }).templates;
}

export const anyContext: AnyAudioContext = new OfflineAudioContext(2, 44100, 44100);

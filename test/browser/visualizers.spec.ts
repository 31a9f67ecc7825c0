// Published visualizers and effects work on single components, and each receives only its own component.
import AudioMotionAnalyzer from 'audiomotion-analyzer';
import butterchurnModule from 'butterchurn';
import { type NMFModel, NMFSeparatorNode } from 'nmf-separator-node';
import * as THREE from 'three';
import * as Tone from 'tone';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { play } from '../helpers/rendering.ts';
import { threeSources } from '../helpers/signals.ts';

/** butterchurn is CommonJS: its default export is a property of the module's default import. */
const butterchurn = butterchurnModule.default;
const OPTIONS = { components: 2, channelCount: 1, fftSize: 1024 } as const;
const SIZE = 64;

let context: AudioContext;
let separator: NMFSeparatorNode;
let model: NMFModel;
let low: Float32Array<ArrayBuffer>;

/** Only the source of component 0 is played, so component 1 is silent. */
beforeAll(async () => {
  context = new AudioContext();
  await context.resume();
  const sources = threeSources(context.sampleRate, 1);
  low = sources[0];
  separator = new NMFSeparatorNode(context, OPTIONS);
  ({ model } = await separator.learn([low, sources[2]], { templatesPerComponent: 1, iterations: 10 }));
  play(context, low, separator).loop = true;
});

afterAll(() => separator.dispose());

/**
 * Polls `read` for both components until its values for component 0 have varied by `least`, as its source pulses twice a
 * second. The values for the silent component 1 must stay below `share` of the maximum.
 */
async function expectToFollow(read: (k: number) => number, least: number, share = 0.1): Promise<void> {
  const [sounding, silent]: [number[], number[]] = [[], []];
  const variation = () => {
    sounding.push(read(0));
    silent.push(read(1));
    return Math.max(...sounding) - Math.min(...sounding);
  };
  await expect.poll(variation, { interval: 16 }).toBeGreaterThan(least);
  expect(Math.max(...silent)).toBeLessThan(share * Math.max(...sounding));
}

/** @returns a function that gives the summed absolute change of all pixel values since its last call */
function pictureChanges(canvas: HTMLCanvasElement): () => number {
  const copy = document.createElement('canvas');
  copy.width = canvas.width;
  copy.height = canvas.height;
  const drawing = copy.getContext('2d', { willReadFrequently: true })!;
  let before: Uint8ClampedArray | undefined;
  return () => {
    drawing.drawImage(canvas, 0, 0);
    const { data } = drawing.getImageData(0, 0, copy.width, copy.height);
    const change = before?.reduce((sum, value, i) => sum + Math.abs(value - data[i]), 0) ?? 0;
    before = data;
    return change;
  };
}

function squareCanvas(): HTMLCanvasElement {
  return Object.assign(document.createElement('canvas'), { width: SIZE, height: SIZE });
}

test('an AnalyserNode on a component', async () => {
  const analysers = separator.components.map((component) => {
    const analyser = new AnalyserNode(context, { fftSize: 2048, smoothingTimeConstant: 0 });
    component.connect(analyser);
    return analyser;
  });
  const spectrum = new Float32Array(1024);
  /** The bin of 110 Hz, the frequency of component 0 */
  const bin = Math.round((110 * 2048) / context.sampleRate);
  await expectToFollow((k) => {
    analysers[k].getFloatFrequencyData(spectrum);
    return 10 ** (spectrum[bin] / 20);
  }, 0.03);
});

test('a synthesiser that polls functions, as hydra does', async () => {
  // In hydra: osc(10).rotate(() => separator.activations[0]).out()
  await expectToFollow((k) => separator.activations[k], 0.1);
});

test('audioMotion-analyzer', async () => {
  const analyzers = separator.components.map((source) => {
    const container = document.createElement('div');
    document.body.append(container);
    return new AudioMotionAnalyzer(container, {
      source,
      connectSpeakers: false,
      width: SIZE,
      height: SIZE,
      // Only the bars, so that the picture changes with the sound alone.
      overlay: true,
      showBgColor: false,
      showScaleX: false,
      showPeaks: false,
      smoothing: 0,
    });
  });
  const changes = analyzers.map(({ canvas }) => pictureChanges(canvas));
  await expectToFollow((k) => changes[k](), 1000);
  await expectToFollow((k) => analyzers[k].getEnergy(), 0.01, 0.5);
  for (const analyzer of analyzers) analyzer.destroy();
});

test("three.js's AudioAnalyser", async () => {
  THREE.AudioContext.setContext(context);
  const listener = new THREE.AudioListener();
  const analysers = separator.components.map((component) => {
    // The types ask for a source node, but any node works.
    const audio = new THREE.Audio(listener).setNodeSource(component as unknown as AudioBufferSourceNode);
    return new THREE.AudioAnalyser(audio, 256);
  });
  // The data is in dB, scaled to bytes, so a quiet component is well above 0.
  await expectToFollow((k) => analysers[k].getFrequencyData()[0], 20, 0.6);
});

/** A preset that draws only the waveform on black, so that the picture changes with the sound alone */
const WAVEFORM_ONLY = {
  baseVals: { decay: 0, warp: 0, wave_mode: 6, wave_a: 1, wave_scale: 3, wave_smoothing: 0 },
  shapes: [],
  waves: [],
  init_eqs_str: '',
  frame_eqs_str: '',
  pixel_eqs_str: '',
  warp: '',
  comp: '',
};

test.skipIf(!document.createElement('canvas').getContext('webgl2'))('butterchurn', async () => {
  const scenes = separator.components.map((component) => {
    const canvas = squareCanvas();
    const visualizer = butterchurn.createVisualizer(context, canvas, { width: SIZE, height: SIZE });
    visualizer.connectAudio(component);
    visualizer.loadPreset(WAVEFORM_ONLY);
    return { visualizer, change: pictureChanges(canvas) };
  });
  await expectToFollow((k) => {
    scenes[k].visualizer.render({ elapsedTime: 0.016 });
    return scenes[k].change();
  }, 1000);
});

test('Tone.js nodes before and after the separator', async () => {
  await Tone.start();
  const inTone = new NMFSeparatorNode(Tone.getContext(), { ...OPTIONS, model });
  const buffer = Tone.getContext().createBuffer(1, low.length, context.sampleRate);
  buffer.copyToChannel(low, 0);
  const player = new Tone.Player({ url: new Tone.ToneAudioBuffer(buffer), loop: true }).start();
  Tone.connect(player, inTone);
  // Load ours first: Tone loads its worklets from a blob URL, which can hang WebKitGTK in a context without a worklet
  // (workaround 11).
  await inTone.ready;
  // An effect that uses a worklet, and one that does not.
  const meters = [new Tone.BitCrusher(8), new Tone.Filter(5000)].map((effect, k) => {
    const meter = new Tone.Meter({ smoothing: 0, normalRange: true });
    Tone.connect(inTone, effect, k);
    effect.connect(meter);
    return meter;
  });
  await expectToFollow((k) => meters[k].getValue() as number, 0.1, 0.2);
  inTone.dispose();
});

// A user's code in plain JavaScript: supervised learning of two sources, and separation of their mixture live and offline.
import { NMFSeparatorNode } from 'nmf-separator-node';

const RATE = 44100;
const SECONDS = 1;

/** Two sources without common bins: a low and a high tone that pulse at different rates. */
function twoSources() {
  const pulsing = (frequency, rhythm) =>
    Float32Array.from({ length: RATE * SECONDS }, (_, n) => {
      const gate = Math.sin(Math.PI * rhythm * (n / RATE)) ** 2;
      return 0.3 * gate * Math.sin((2 * Math.PI * frequency * n) / RATE);
    });
  return [pulsing(220, 4), pulsing(3000, 3)];
}

/** Plays the mixture of the samples into nodes in a loop. */
function playMixture(context, samples, destinations) {
  const buffer = context.createBuffer(1, samples[0].length, context.sampleRate);
  const mixture = samples[0].map((value, n) => value + samples[1][n]);
  buffer.copyToChannel(mixture, 0);
  const source = context.createBufferSource();
  source.buffer = buffer;
  source.loop = true;
  for (const destination of destinations) source.connect(destination);
  source.start();
}

/** An analyser for each component, and one for the delayed input minus all components, which must be silent. */
function listen(context, separator) {
  const dry = context.createDelay(1);
  dry.delayTime.value = separator.latency;
  const analyserOf = (...nodes) => {
    const analyser = context.createAnalyser();
    analyser.fftSize = 16384;
    for (const node of nodes) node.connect(analyser);
    return analyser;
  };
  const inverted = context.createGain();
  inverted.gain.value = -1;
  dry.connect(inverted);
  return {
    dry,
    components: separator.components.map((component) => analyserOf(component)),
    remainder: analyserOf(...separator.components, inverted),
  };
}

/** Mean-square level in dB */
function levelOf(analyser) {
  const samples = new Float32Array(analyser.fftSize);
  analyser.getFloatTimeDomainData(samples);
  return 10 * Math.log10(samples.reduce((sum, value) => sum + value * value, 1e-30) / samples.length);
}

/** @returns a report that can be sent as JSON; see Report in watched.ts */
export async function separateForASecond(context, offlineContext, options = {}) {
  await context.resume();
  const sources = twoSources();
  const separator = new NMFSeparatorNode(context, { components: 2, channelCount: 1, ...options });
  const { dry, components, remainder } = listen(context, separator);
  let hops = 0;
  separator.activations$.subscribe(() => hops++);
  await separator.ready;
  playMixture(context, sources, [separator, dry]);
  await separator.learn(sources, { iterations: 20, templatesPerComponent: 8, pitchShifts: 0 });
  const learned = hops;
  const hopsASecond = context.sampleRate / separator.hopSize;
  while (hops < learned + SECONDS * hopsASecond) await new Promise((resolve) => setTimeout(resolve, 20));
  const live = { remainder: levelOf(remainder), components: components.map(levelOf) };
  const model = JSON.parse(JSON.stringify(separator.model));
  const offline = await renderOffline(offlineContext, sources, { ...options, model });
  separator.dispose();
  await context.close();
  return { live, offline, isolated: globalThis.crossOriginIsolated };
}

/** @returns the signal-to-error ratio of each component against its source, in dB */
async function renderOffline(context, sources, options) {
  const separator = new NMFSeparatorNode(context, { components: 2, channelCount: 1, ...options });
  const merger = context.createChannelMerger(2);
  separator.connect(merger, 0, 0);
  separator.connect(merger, 1, 1);
  merger.connect(context.destination);
  playMixture(context, sources, [separator]);
  await separator.ready;
  const delay = Math.round(separator.latency * context.sampleRate);
  const rendered = await context.startRendering();
  separator.dispose();
  return [0, 1].map((k) => {
    const stream = rendered.getChannelData(k).subarray(delay);
    const error = stream.reduce((sum, value, n) => sum + (value - sources[k][n]) ** 2, 1e-30);
    const power = sources[k].subarray(0, stream.length).reduce((sum, value) => sum + value * value, 0);
    return 10 * Math.log10(power / error);
  });
}

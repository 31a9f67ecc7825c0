// The parts of what the microphone hears drive a picture: hydra takes a function wherever it takes a number.
import Hydra from 'hydra-synth';
import { NMFSeparatorNode } from 'nmf-separator-node';

const button = document.querySelector('button')!;
const status = document.querySelector('output')!;
const canvas = document.querySelector('canvas')!;

button.onclick = () =>
  listen().catch((error) => {
    status.value = error.message;
    button.disabled = false;
  });

async function listen() {
  button.disabled = true;
  // What browsers do to speech would spoil music.
  const mediaStream = await navigator.mediaDevices.getUserMedia({
    audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
  });
  const context = new AudioContext();
  const separator = new NMFSeparatorNode(context, { components: 3 });
  new MediaStreamAudioSourceNode(context, { mediaStream }).connect(separator);
  status.value = 'Play something: five seconds of it are learned.';
  try {
    await separator.learn(await separator.listen(5));
  } catch (error) {
    for (const track of mediaStream.getTracks()) track.stop();
    await context.close();
    throw error;
  }
  status.value = '';
  draw(separator);
}

function draw(separator: NMFSeparatorNode) {
  // Levels lie between 0 and 1; `activations` has the same as they come.
  const [low, middle, high] = [0, 1, 2].map((k) => () => separator.levels[k]);
  const { osc, shape, o0 } = new Hydra({ canvas, detectAudio: false, makeGlobal: false }).synth;
  osc(30, 0, 1)
    .color(low, 0.1, high)
    .modulate(shape(3, 0.5, 0.3), middle)
    .add(shape(40, low, 0.1), low)
    .out(o0);
}

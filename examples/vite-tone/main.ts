// A loop in three parts, each through an effect of its own, in time with Tone's transport.
import { NMFSeparatorNode } from 'nmf-separator-node';
import * as Tone from 'tone';

const [file, ...faders] = document.querySelectorAll('input');
const button = document.querySelector('button')!;
const status = document.querySelector('output')!;

// Tone.js sometimes leaves out the transport's first tick, so the loop starts a little later.
const player = new Tone.Player({ loop: true }).sync().start(0.1);
const separator = new NMFSeparatorNode(Tone.getContext(), { components: 3 });
Tone.connect(player, separator);

const effects = [new Tone.Distortion(0.6), new Tone.FeedbackDelay('8n', 0.4), new Tone.Tremolo(6, 0.9).start()];
effects.forEach((effect, k) => {
  separator.connect(effect.toDestination(), k);
  faders[k].oninput = () => effect.wet.rampTo(faders[k].valueAsNumber, 0.05);
});

file.onchange = async () => {
  file.disabled = true; // one file at a time
  await learn(file.files![0]).catch(show);
  file.disabled = false;
};
button.onclick = () => toggle().catch(show);

async function learn(sound: File) {
  // What plays is not exchanged by `load`.
  Tone.getTransport().stop();
  button.disabled = true;
  const url = URL.createObjectURL(sound);
  await player.load(url).finally(() => URL.revokeObjectURL(url));
  status.value = 'Learning its parts …';
  await separator.learn(player.buffer);
  status.value = 'Play, and move the faders.';
  button.disabled = false;
}

async function toggle() {
  await Tone.start(); // browsers play nothing before a click
  Tone.getTransport().toggle();
}

function show(error: Error) {
  status.value = error.message;
}

// Where the policy forbids blob: and data:, the worklet and the worker come from files of the site.
import { NMFSeparatorNode } from 'nmf-separator-node';

const [file, ...faders] = document.querySelectorAll('input');
const status = document.querySelector('output')!;
const context = new AudioContext();
const separator = new NMFSeparatorNode(context, { components: 3, workletUrl: 'worklet.js', workerUrl: 'worker.js' });
separator.components.forEach((component, k) => {
  component.connect(context.destination);
  faders[k].oninput = () => {
    component.gain.value = faders[k].valueAsNumber;
  };
});
// If the policy forbids something after all, the message names the directive.
separator.ready.catch(show);

let source: AudioBufferSourceNode | undefined;
document.onclick = () => context.resume(); // browsers play nothing before a click
file.onchange = async () => {
  file.disabled = true; // one file at a time
  await play(file.files![0]).catch(show);
  file.disabled = false;
};

async function play(sound: File) {
  const buffer = await context.decodeAudioData(await sound.arrayBuffer());
  source?.stop();
  source = new AudioBufferSourceNode(context, { buffer, loop: true });
  source.connect(separator);
  source.start();
  status.value = 'Learning its parts …';
  await separator.learn(buffer);
  status.value = 'Move the faders.';
}

function show(error: Error) {
  status.value = error.message;
}

// A circle each for kick, snare and hat, as large as it is loud. The drums are known: nothing has to be learned.
import { NMFSeparatorNode } from 'nmf-separator-node';
import { drums } from 'nmf-separator-node/models';
import P5 from 'p5';

const file = document.querySelector('input')!;
const status = document.querySelector('output')!;
const context = new AudioContext();
// Every kit sounds otherwise, so the model follows what is heard.
const separator = new NMFSeparatorNode(context, { components: 3, model: drums, adaptive: true });
for (const component of separator.components) component.connect(context.destination);

new P5((p) => {
  p.setup = () => {
    p.createCanvas(720, 360);
    p.noStroke();
    p.textAlign(p.CENTER);
  };
  p.draw = () => {
    p.background('#101020');
    ['Kick', 'Snare', 'Hat'].forEach((name, k) => {
      const x = (p.width * (k + 0.5)) / 3;
      p.fill(['tomato', 'gold', 'deepskyblue'][k]);
      p.circle(x, 160, 220 * separator.levels[k]);
      p.text(name, x, 340);
    });
  };
});

let source: AudioBufferSourceNode | undefined;
document.onclick = () => context.resume(); // browsers play nothing before a click
file.onchange = async () => {
  file.disabled = true; // one file at a time
  await play(file.files![0]).catch((error) => {
    status.value = error.message;
  });
  file.disabled = false;
};

async function play(sound: File) {
  await separator.ready;
  const buffer = await context.decodeAudioData(await sound.arrayBuffer());
  source?.stop();
  source = new AudioBufferSourceNode(context, { buffer, loop: true });
  source.connect(separator);
  source.start();
  status.value = '';
}

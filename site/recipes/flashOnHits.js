import { NMFSeparatorNode } from 'nmf-separator-node';
import { drums } from 'nmf-separator-node/models';

export default async ({ context, clip, stage }) => {
  const separator = new NMFSeparatorNode(context, { model: drums, adaptive: true });
  const source = new AudioBufferSourceNode(context, { buffer: await clip('drums'), loop: true });
  source.connect(separator);
  separator.dry.connect(context.destination);
  await separator.ready;
  stage.style.height = '4rem';
  const flash = (strength) => {
    stage.animate([{ background: '#e8559b', opacity: strength }, { opacity: 0 }], 300);
  };
  flashOnHits(separator, 0, flash);
  source.start();
};

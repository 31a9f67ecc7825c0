import { NMFSeparatorNode } from 'nmf-separator-node';

export default async ({ context, clip, stage }) => {
  const loop = await clip('pop');
  const separator = new NMFSeparatorNode(context, { components: 3 });
  const source = new AudioBufferSourceNode(context, { buffer: loop, loop: true });
  source.connect(separator);
  separator.dry.connect(context.destination);
  source.start();
  await separator.learn(loop);
  const canvas = Object.assign(document.createElement('canvas'), { width: 300, height: 100 });
  stage.append(canvas);
  drawBars(separator, canvas);
};

import { NMFSeparatorNode } from 'nmf-separator-node';

export default async ({ context, clip, watch }) => {
  const loop = await clip('pop');
  const separator = new NMFSeparatorNode(context, { components: 3 });
  const source = new AudioBufferSourceNode(context, { buffer: loop, loop: true });
  source.connect(separator);
  const echo = new DelayNode(context, { delayTime: 0.25 });
  addEffect(separator, 2, echo);
  source.start();
  await separator.learn(loop);
  watch(separator);
};

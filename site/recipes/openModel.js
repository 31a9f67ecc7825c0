import { separate } from 'nmf-separator-node';

export default async ({ context, clip, watch }) => {
  const loop = await clip('pop');
  // The file could have been written by another visit.
  const { model } = await separate(loop, { components: 3 });
  const separator = await openModel(context, new Blob([JSON.stringify(model)]));
  const source = new AudioBufferSourceNode(context, { buffer: loop, loop: true });
  source.connect(separator);
  separator.connect(context.destination, 1);
  source.start();
  watch(separator);
};

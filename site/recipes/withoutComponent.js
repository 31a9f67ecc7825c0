import { separate } from 'nmf-separator-node';

export default async ({ context, clip, tell }) => {
  tell('Learning …');
  const song = await clip('pop');
  const { model } = await separate(song, { components: 3 });
  const { rendered } = await withoutComponent(song, model, 0);
  tell('You hear the song without its first component.');
  const source = new AudioBufferSourceNode(context, { buffer: rendered, loop: true });
  source.connect(context.destination);
  source.start();
};

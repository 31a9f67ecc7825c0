export default async ({ context, clip, tell }) => {
  const show = (fraction) => tell(`${Math.round(100 * fraction)} %`);
  const { stems } = await makeStems(await clip('pop'), show);
  tell('You hear one stem alone. Change the number to hear another.');
  const source = new AudioBufferSourceNode(context, { buffer: stems[0], loop: true });
  source.connect(context.destination);
  source.start();
};

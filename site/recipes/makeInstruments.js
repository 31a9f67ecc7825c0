export default async ({ context, clip, tell }) => {
  tell('Learning …');
  const stems = await makeInstruments(await clip('duo'));
  tell('One instrument on the left, the other on the right.');
  stems.forEach((buffer, k) => {
    const source = new AudioBufferSourceNode(context, { buffer, loop: true });
    const pan = k === 0 ? -1 : 1;
    source.connect(new StereoPannerNode(context, { pan })).connect(context.destination);
    source.start();
  });
};

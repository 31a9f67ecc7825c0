export default async ({ context, clip, watch, tell }) => {
  const separator = await splitDrums(context, await clip('drums'));
  tell('Kick on the left, snare in the middle, hat on the right.');
  separator.components.forEach((component, k) => {
    component.connect(new StereoPannerNode(context, { pan: k - 1 })).connect(context.destination);
  });
  watch(separator);
};

export default async ({ context, clip, watch, tell }) => {
  const { separator, faders } = await splitLoop(context, await clip('pop'));
  watch(separator);
  tell('The first part is a little softer than the others.');
  faders[0].gain.value = 0.5;
};

export default async ({ context, clip, watch, tell }) => {
  tell('Wear headphones, and sing or speak for three seconds.');
  const { separator } = await teachVoice(context, await clip('band-piano'));
  tell('You hear your voice alone.');
  separator.connect(context.destination, 0);
  watch(separator);
};

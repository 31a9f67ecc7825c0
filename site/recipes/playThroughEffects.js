export default async ({ context, clipUrl, onStop, watch }) => {
  // The context that Tone.js has made by itself is closed.
  Tone.setContext(context, true);
  onStop(() => Tone.getContext().dispose());
  await Tone.start();
  watch(await playThroughEffects(clipUrl('pop')));
};

export default async ({ context, clipUrl, onStop, watch }) => {
  Tone.setContext(context);
  onStop(() => Tone.getContext().dispose());
  await Tone.start();
  watch(await playThroughEffects(clipUrl('pop')));
};

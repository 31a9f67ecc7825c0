const HALF_POWER = Math.SQRT1_2;

/**
 * Mixes more than two channels down to two, as Web Audio does: a long recording takes a third of the memory then.
 *
 * @param channels  in the order of Web Audio: left, right, centre, low frequencies, surround left, surround right
 */
export function stereo(channels: readonly Float32Array[]): readonly Float32Array[] {
  if (channels.length === 4) {
    const [left, right, surroundLeft, surroundRight] = channels;
    return [mix(left, [surroundLeft], 0.5, 0.5), mix(right, [surroundRight], 0.5, 0.5)];
  }
  if (channels.length === 6) {
    const [left, right, centre, , surroundLeft, surroundRight] = channels;
    return [mix(left, [centre, surroundLeft], 1, HALF_POWER), mix(right, [centre, surroundRight], 1, HALF_POWER)];
  }
  // Web Audio has no rule for the other numbers of channels: it keeps the first ones.
  return channels.slice(0, 2);
}

function mix(front: Float32Array, others: readonly Float32Array[], gain: number, othersGain: number): Float32Array {
  return front.map((value, n) => others.reduce((sum, other) => sum + othersGain * other[n], gain * value));
}

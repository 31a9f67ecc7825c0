import { outputLatency } from '../pictures/inStep.ts';

/** In milliseconds; null where the browser does not say. */
export interface Delay {
  /** Of the separation */
  readonly ours: number;
  /** From the page to the loudspeaker */
  readonly output: number | null;
  /** From the microphone to the page; null also where nothing is picked up */
  readonly input: number | null;
}

/** What takes part in the delay. */
export interface DelayParts {
  readonly separator: { readonly latency: number };
  readonly context: AudioContext;
  /** Of the microphone */
  readonly track?: MediaStreamTrack | undefined;
}

export function delayOf({ separator, context, track }: DelayParts): Delay {
  const device = outputLatency(context);
  const { latency } = (track?.getSettings() ?? {}) as { latency?: number };
  return {
    ours: 1000 * separator.latency,
    // Until the device plays, and in some browsers always, it is 0.
    output: device > 0 ? 1000 * (context.baseLatency + device) : null,
    input: latency ? 1000 * latency : null,
  };
}

/** A sentence about the whole way from the microphone to the loudspeaker, and how much of it is ours. */
export function describeDelay({ ours, output, input }: Delay): string {
  const whole = Math.round(ours + (output ?? 0) + (input ?? 0));
  const share = `${Math.round(ours)} ms of that is the separation`;
  const unknown = [input === null && 'the microphone', output === null && 'the loudspeaker'].filter(Boolean);
  if (unknown.length === 0) return `The sound is heard ${whole} ms after it is played; ${share}.`;
  return `The sound is heard at least ${whole} ms after it is played; ${share}. The browser does not tell what ${unknown.join(' and ')} ${unknown.length > 1 ? 'add' : 'adds'}.`;
}

import { animationFrames, type MonoTypeOperatorFunction, Observable } from 'rxjs';

/** Most values that wait. A hidden page gets no animation frames, so older values must be dropped. */
const LONGEST_QUEUE = 2048;

/**
 * Delays each value until its time is heard, and emits on animation frames. The node reports values before they are
 * heard, because the sound still passes through the output latency of the device.
 */
export function inStep<Timed extends { time: number }>(context: AudioContext): MonoTypeOperatorFunction<Timed> {
  return (source) =>
    new Observable((subscriber) => {
      const waiting: Timed[] = [];
      const subscription = source.subscribe({
        next: (value) => {
          waiting.push(value);
          if (waiting.length > LONGEST_QUEUE) waiting.shift();
        },
        error: (cause) => subscriber.error(cause),
        complete: () => subscriber.complete(),
      });
      subscription.add(
        animationFrames().subscribe(() => {
          const heard = context.currentTime - outputLatency(context);
          while (waiting.length > 0 && waiting[0].time <= heard) subscriber.next(waiting.shift()!);
        }),
      );
      return subscription;
    });
}

/** Seconds; 0 where it is not known */
export function outputLatency(context: AudioContext): number {
  return locksUpOnLatency() ? 0 : context.outputLatency || 0;
}

/**
 * Workaround 13: Firefox on Linux locks up for good if a page asks for the output's latency, also by `getOutputTimestamp`, while
 * a worklet computes, because it then waits for the audio server, which waits for the worklet.
 */
export function locksUpOnLatency(): boolean {
  return navigator.userAgent.includes('Firefox');
}

import { animationFrames, type MonoTypeOperatorFunction, Observable } from 'rxjs';

/** A hidden page draws nothing: what waits longer than so many values is dropped. */
const LONGEST_QUEUE = 2048;

/**
 * Holds values back until the moment they tell of is heard, and passes them on in the display's rhythm. What a separator
 * reports is known before it sounds, since the sound still has to pass the output.
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
          // Not every engine knows how late its output is.
          const heard = context.currentTime - (context.outputLatency || 0);
          while (waiting.length > 0 && waiting[0].time <= heard) subscriber.next(waiting.shift()!);
        }),
      );
      return subscription;
    });
}

import type { App } from '../App.ts';
import { showStatus } from '../page/messages.ts';
import { StreamRecorder } from '../perform/StreamRecorder.ts';
import { openSoundFile } from '../sources/soundFile.ts';
import { INITIAL_STATE, type Lesson, replaced } from '../state/PageState.ts';
import { LONGEST } from '../timeline/Region.ts';

/** A lesson that is being recorded */
export interface LessonRecording {
  readonly seconds: number;
  /** Resolves when the part has the lesson. */
  stop(): Promise<void>;
}

/** Records the sounds that teach the parts. They are kept as sound, so that every separator can learn from them. */
export class Teaching {
  readonly #app: App;
  #recorder: StreamRecorder | null = null;

  constructor(app: App) {
    this.#app = app;
  }

  /** How many seconds were recorded for each part */
  get seconds(): number[] {
    return this.#app.state.lessons.map(secondsOf);
  }

  /** Records what is heard, until `stop` is called on what it returns. */
  record(component: number): LessonRecording {
    const { session } = this.#app;
    this.#keepLessons();
    this.#recorder ??= new StreamRecorder(session.context);
    const recording = this.#recorder.recordInput(session.input);
    return {
      get seconds() {
        return recording.seconds;
      },
      stop: async () => {
        const channels = (await recording.stop()) as Float32Array<ArrayBuffer>[];
        this.#add(component, { channels, sampleRate: session.context.sampleRate });
      },
    };
  }

  /** Teaches a part from a file in which it sounds alone. */
  async addFile(component: number, file: File): Promise<void> {
    const { parts, session } = this.#app;
    if (parts.partOf(component).merged) throw new Error('Split this part first: only what is one component is taught.');
    const { context } = session;
    const sound = await openSoundFile(file, context, () => {});
    const buffer = await sound.excerpt(0, Math.min(sound.seconds, LONGEST));
    this.#keepLessons();
    const channels = Array.from({ length: buffer.numberOfChannels }, (_, c) => buffer.getChannelData(c));
    this.#add(component, { channels, sampleRate: buffer.sampleRate });
  }

  forget(): void {
    this.#app.history.remember();
    this.#app.store.change({ lessons: INITIAL_STATE.lessons });
  }

  /** Appends to what was recorded for the part before. */
  #add(component: number, lesson: Lesson): void {
    if (lesson.channels[0].length === 0) return;
    const { state, store, history, parts } = this.#app;
    history.remember();
    const before = state.lessons[component];
    store.change({ lessons: replaced(state.lessons, component, before ? joined(before, lesson) : lesson) });
    showStatus(`${secondsOf(lesson).toFixed(1)} seconds of ${parts.partOf(component).name} are recorded.`);
  }

  /** A clip that is chosen next must not replace what is being taught. */
  #keepLessons(): void {
    this.#app.learning.stopAutomatic('Clips are no longer learned at once, so that what you teach stays.');
  }
}

function secondsOf(lesson: Lesson | null): number {
  return lesson ? lesson.channels[0].length / lesson.sampleRate : 0;
}

/** One after the other. A mono sound is heard from both sides of a stereo one. */
function joined(before: Lesson, after: Lesson): Lesson {
  const count = Math.max(before.channels.length, after.channels.length);
  const channels = Array.from({ length: count }, (_, c) => {
    const [first, second] = [before, after].map(({ channels: all }) => all[Math.min(c, all.length - 1)]);
    const whole = new Float32Array(first.length + second.length);
    whole.set(first);
    whole.set(second, first.length);
    return whole;
  });
  return { channels, sampleRate: before.sampleRate };
}

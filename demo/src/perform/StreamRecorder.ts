import { type Outlet, Recording } from './Recording.ts';
import { SampleCollector } from './SampleCollector.ts';
import { WavWriter } from './WavWriter.ts';

/** Beside the page, so that its Content-Security-Policy need not allow `blob:`. */
const WORKLET_URL = 'recorder.js';

export interface NamedStream extends Outlet {
  readonly name: string;
}

export interface NamedFile {
  readonly name: string;
  readonly file: Blob;
}

/** A recording of one node that is under way */
export interface InputRecording {
  /** How much has arrived */
  readonly seconds: number;
  /** Resolves with the samples, one array for each channel. */
  stop(): Promise<Float32Array[]>;
}

/** Records streams as WAV files that are exactly in step, for as long as wanted. */
export class StreamRecorder {
  readonly #loaded: Promise<void>;
  #streams: readonly NamedStream[] = [];
  #writers: readonly WavWriter[] = [];
  /** null while nothing is recorded */
  #beginning: Promise<Recording> | null = null;
  /** The newest one, also after its end */
  #recording: Recording | null = null;

  constructor(context: AudioContext) {
    this.#loaded = context.audioWorklet.addModule(WORKLET_URL);
    // Whoever records is told.
    this.#loaded.catch(() => {});
  }

  get isRecording(): boolean {
    return this.#beginning !== null;
  }

  /** Of the running or the last recording */
  get seconds(): number {
    return this.#recording?.seconds ?? 0;
  }

  /** Samples of each stream that are silent because the page hung for some seconds */
  get lostSamples(): number {
    return this.#recording?.lostSamples ?? 0;
  }

  /** Resolves when it records. @throws {Error} (as a rejection) when it records already or the worklet cannot be loaded */
  async start(streams: readonly NamedStream[]): Promise<void> {
    if (this.#beginning) throw new Error('A recording is running already. Stop it first.');
    this.#recording = null;
    this.#streams = streams;
    this.#writers = streams.map(({ node }) => new WavWriter(node.context.sampleRate));
    const beginning = this.#begin(streams, this.#writers);
    this.#beginning = beginning;
    try {
      this.#recording = await beginning;
    } catch (cause) {
      this.#beginning = null;
      throw cause;
    }
  }

  /** Resolves with a file for each stream. @throws {Error} (as a rejection) when nothing is recorded */
  async stop(): Promise<NamedFile[]> {
    const beginning = this.#beginning;
    if (!beginning) throw new Error('Nothing is being recorded.');
    const recording = await beginning;
    await recording.end();
    const files = await Promise.all(this.#writers.map((writer) => writer.finish()));
    this.#beginning = null;
    return this.#streams.map(({ name }, k) => ({ name, file: files[k] }));
  }

  /** Records what one node plays, as samples: a sound to learn from. Other recordings may run meanwhile. */
  recordInput(node: AudioNode): InputRecording {
    const collector = new SampleCollector();
    const beginning = this.#begin([{ node, output: 0 }], [collector]);
    // `stop` tells.
    beginning.catch(() => {});
    return {
      get seconds() {
        return collector.frames / node.context.sampleRate;
      },
      stop: async () => {
        const recording = await beginning;
        await recording.end();
        return collector.collect();
      },
    };
  }

  async #begin(...[outlets, sinks]: Parameters<typeof Recording.begin>): Promise<Recording> {
    await this.#loaded.catch((cause) => {
      throw new Error('The recorder could not be loaded. Reload the page.', { cause });
    });
    return Recording.begin(outlets, sinks);
  }
}

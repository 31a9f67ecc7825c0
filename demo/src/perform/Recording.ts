import { rendered } from '../audio/rendered.ts';
import {
  CHANNELS,
  RECORDER_NAME,
  type RecordedChunk,
  type RecorderCommand,
  type RecorderMessage,
  type RecorderSetup,
} from './recorderMessages.ts';

/** Seconds of sound in a chunk */
const CHUNK_SECONDS = 0.1;
/** Seconds for which the page may hang before samples are lost */
const PATIENCE_SECONDS = 4;
/** Samples of a render quantum, where the browser does not say another number */
const QUANTUM = 128;

/** What is recorded: an output of a node. */
export interface Outlet {
  readonly node: AudioNode;
  readonly output: number;
}

/** Takes what is recorded of one stream. */
export interface Sink {
  /** @param channels  of equal length, and the sink's own from now on */
  write(channels: Float32Array[]): void;
}

/** One recording of several streams, exactly in step: a worklet node with an input for each. */
export class Recording {
  readonly #node: AudioWorkletNode;
  readonly #outlets: readonly Outlet[];
  readonly #sinks: readonly Sink[];
  readonly #chunkLength: number;
  /** Samples that every sink has got */
  #written = 0;
  #lost = 0;
  #onEnd = () => {};
  readonly #ended = new Promise<void>((resolve) => {
    this.#onEnd = resolve;
  });

  /**
   * Resolves when it records. The worklet must have been loaded.
   *
   * @param sinks  one for each outlet
   */
  static async begin(outlets: readonly Outlet[], sinks: readonly Sink[]): Promise<Recording> {
    const { context } = outlets[0].node;
    const recording = new Recording(context, outlets, sinks);
    // The audio thread may learn of the connections one by one. It starts when it has all of them: otherwise one stream
    // would begin with a quantum of silence where another has sound.
    await rendered(1 / context.sampleRate, context);
    recording.#send({ type: 'start' });
    return recording;
  }

  private constructor(context: BaseAudioContext, outlets: readonly Outlet[], sinks: readonly Sink[]) {
    const quantum = 'renderQuantumSize' in context ? Number(context.renderQuantumSize) : QUANTUM;
    this.#outlets = outlets;
    this.#sinks = sinks;
    this.#chunkLength = quantum * Math.ceil((CHUNK_SECONDS * context.sampleRate) / quantum);
    this.#node = new AudioWorkletNode(context, RECORDER_NAME, {
      numberOfInputs: outlets.length,
      channelCount: CHANNELS,
      channelCountMode: 'explicit',
      processorOptions: {
        streams: outlets.length,
        chunkLength: this.#chunkLength,
        chunks: Math.ceil(PATIENCE_SECONDS / CHUNK_SECONDS),
      } satisfies RecorderSetup,
    });
    this.#node.port.onmessage = ({ data }: MessageEvent<RecorderMessage>) => this.#onMessage(data);
    for (const [input, { node, output }] of outlets.entries()) node.connect(this.#node, output, input);
    // Its output is silent, but Chromium does not render nodes that lead nowhere.
    this.#node.connect(context.destination);
  }

  /** Of sound that has arrived so far */
  get seconds(): number {
    return this.#written / this.#node.context.sampleRate;
  }

  /** Samples of each stream that are silent because the page hung for too long */
  get lostSamples(): number {
    return this.#lost;
  }

  /** Resolves when the sinks have everything. */
  async end(): Promise<void> {
    this.#send({ type: 'stop' });
    await this.#ended;
    this.#node.disconnect();
    for (const [input, { node, output }] of this.#outlets.entries()) {
      try {
        node.disconnect(this.#node, output, input);
      } catch {
        // The page has disconnected that node from everything already.
      }
    }
  }

  #send(command: RecorderCommand, transfer: Transferable[] = []): void {
    this.#node.port.postMessage(command, transfer);
  }

  #onMessage(message: RecorderMessage): void {
    this.#fillUpTo(message.position);
    if (message.type === 'chunk') this.#write(message);
    else this.#onEnd();
  }

  /** Silence in place of what was lost keeps the streams as long as the sound was. */
  #fillUpTo(position: number): void {
    const missing = position - this.#written;
    if (missing === 0) return;
    this.#lost += missing;
    this.#written = position;
    for (const sink of this.#sinks) sink.write(Array.from({ length: CHANNELS }, () => new Float32Array(missing)));
  }

  #write({ samples, length }: RecordedChunk): void {
    for (const [stream, sink] of this.#sinks.entries()) {
      const channels = Array.from({ length: CHANNELS }, (_, channel) => {
        const begin = (stream * CHANNELS + channel) * this.#chunkLength;
        return samples.slice(begin, begin + length);
      });
      sink.write(channels);
    }
    this.#written += length;
    this.#send({ type: 'return', samples }, [samples.buffer]);
  }
}

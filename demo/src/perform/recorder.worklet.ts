import { CHANNELS, RECORDER_NAME, type RecorderCommand, type RecorderSetup } from './recorderMessages.ts';

/** Sends what its inputs carry to the page, in chunks that hold the same moment of all of them. Its output is silent. */
class StreamRecorderProcessor extends AudioWorkletProcessor {
  readonly #streams: number;
  readonly #chunkLength: number;
  /** Chunks that the page is done with. It runs empty when the page hangs. */
  readonly #free: Float32Array[];
  #chunk: Float32Array | null = null;
  /** Samples in the chunk */
  #length = 0;
  /** Samples since the start */
  #position = 0;
  #state: 'waiting' | 'recording' | 'ended' = 'waiting';
  /** Both are used for every chunk, so that `process` allocates nothing. */
  readonly #message = { type: 'chunk', samples: new Float32Array(0) as Float32Array, position: 0, length: 0 };
  readonly #transfer: Transferable[] = [];

  constructor({ processorOptions: { streams, chunkLength, chunks } }: { processorOptions: RecorderSetup }) {
    super();
    this.#streams = streams;
    this.#chunkLength = chunkLength;
    this.#free = Array.from({ length: chunks }, () => new Float32Array(streams * CHANNELS * chunkLength));
    this.port.onmessage = ({ data }: MessageEvent<RecorderCommand>) => this.#onCommand(data);
  }

  /** Audio thread; never locks, waits or throws. */
  override process(inputs: Float32Array[][], outputs: Float32Array[][]): boolean {
    if (this.#state === 'recording') this.#record(inputs, outputs[0][0].length);
    return this.#state !== 'ended';
  }

  #record(inputs: Float32Array[][], samples: number): void {
    this.#chunk ??= this.#free.pop() ?? null;
    if (this.#chunk) {
      this.#copy(inputs, this.#chunk, samples);
      this.#length += samples;
    }
    this.#position += samples;
    if (this.#length + samples > this.#chunkLength) this.#send();
  }

  #copy(inputs: Float32Array[][], chunk: Float32Array, samples: number): void {
    for (let stream = 0; stream < this.#streams; stream++) {
      for (let channel = 0; channel < CHANNELS; channel++) {
        const begin = (stream * CHANNELS + channel) * this.#chunkLength + this.#length;
        // An input that nothing is connected to has no channels.
        if (channel < inputs[stream].length) chunk.set(inputs[stream][channel], begin);
        else chunk.fill(0, begin, begin + samples);
      }
    }
  }

  #send(): void {
    if (!this.#chunk) return;
    const message = this.#message;
    message.samples = this.#chunk;
    message.length = this.#length;
    message.position = this.#position - this.#length;
    this.#transfer[0] = this.#chunk.buffer;
    this.port.postMessage(message, this.#transfer);
    this.#chunk = null;
    this.#length = 0;
  }

  /** Between quanta */
  #onCommand(command: RecorderCommand): void {
    if (command.type === 'return') this.#free.push(command.samples);
    else if (command.type === 'start') this.#state = 'recording';
    else this.#end();
  }

  #end(): void {
    this.#state = 'ended';
    this.#send();
    this.port.postMessage({ type: 'ended', position: this.#position });
  }
}

registerProcessor(RECORDER_NAME, StreamRecorderProcessor);

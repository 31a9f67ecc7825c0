import { firstMessage } from './firstMessage.ts';
import { moduleUrl } from './moduleUrl.ts';

/** Records its input on the audio thread, so that a blocked main thread cannot make it miss samples. */
const CODE = `
  registerProcessor('recorder', class extends AudioWorkletProcessor {
    constructor({ processorOptions: { length, channels } }) {
      super();
      this.length = length;
      this.tracks = Array.from({ length: channels }, () => new Float32Array(length));
      this.written = 0;
      this.start = -1;
      this.port.onmessage = () => this.port.postMessage({ tracks: this.tracks, written: this.written, start: this.start });
    }
    process([input], [[output]]) {
      if (this.start < 0) {
        this.start = currentFrame;
        this.port.postMessage('running');
      }
      if (this.written + output.length <= this.length) {
        for (let c = 0; c < this.tracks.length; c++) if (input[c]) this.tracks[c].set(input[c], this.written);
        this.written += output.length;
      }
      return true;
    }
  });
`;

export interface Recording {
  readonly tracks: Float32Array[];
  /** Number of samples recorded */
  readonly written: number;
  /** The context's sample count (`currentFrame`) at the first recorded sample */
  readonly start: number;
}

export interface Recorder {
  /** Records each channel of input 0 as a track. */
  readonly node: AudioWorkletNode;
  stop(): Promise<Recording>;
}

const loaded = new WeakMap<AudioContext, Promise<void>>();

function load(context: AudioContext): Promise<void> {
  return context.audioWorklet.addModule(moduleUrl(CODE));
}

/** Resolves once it records: in WebKit that is not with the next quantum, and on a busy machine much later. */
export async function makeRecorder(context: AudioContext, channels: number, seconds: number): Promise<Recorder> {
  if (!loaded.has(context)) loaded.set(context, load(context));
  await loaded.get(context);
  const node = new AudioWorkletNode(context, 'recorder', {
    channelCount: channels,
    channelCountMode: 'explicit',
    channelInterpretation: 'discrete',
    processorOptions: { length: Math.ceil((seconds * context.sampleRate) / 128) * 128, channels },
  });
  node.connect(context.destination);
  await firstMessage(node);
  return {
    node,
    stop: () =>
      new Promise((resolve) => {
        node.port.onmessage = ({ data }: MessageEvent<Recording>) => resolve(data);
        node.port.postMessage('stop');
      }),
  };
}

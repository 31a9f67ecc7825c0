import { moduleUrl } from './moduleUrl.ts';

/** Records its input sample by sample on the audio thread, whatever the main thread does meanwhile. */
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
    process([input]) {
      if (this.start < 0) this.start = currentFrame;
      if (this.written + 128 <= this.length) {
        for (let c = 0; c < this.tracks.length; c++) if (input[c]) this.tracks[c].set(input[c], this.written);
        this.written += 128;
      }
      return true;
    }
  });
`;

export interface Recording {
  readonly tracks: Float32Array[];
  /** Samples recorded. */
  readonly written: number;
  /** Frame of the context at the first recorded sample. */
  readonly start: number;
}

export interface Recorder {
  /** Input 0, one channel a track. */
  readonly node: AudioWorkletNode;
  stop(): Promise<Recording>;
}

const loaded = new WeakMap<AudioContext, Promise<void>>();

function load(context: AudioContext): Promise<void> {
  return context.audioWorklet.addModule(moduleUrl(CODE));
}

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
  return {
    node,
    stop: () =>
      new Promise((resolve) => {
        node.port.onmessage = ({ data }: MessageEvent<Recording>) => resolve(data);
        node.port.postMessage('stop');
      }),
  };
}

/** Pictures a second */
const FRAME_RATE = 30;
/** Bits a second: enough for pictures that change everywhere at once */
const BIT_RATE = 8_000_000;
/** Best first. WebM before MP4, because there the size of the picture may change on the way. */
const TYPES = ['video/webm;codecs=vp8,opus', 'video/webm', 'video/mp4;codecs=avc3,mp4a.40.2', 'video/mp4'];

/** A video of a canvas, with a sound. It is recorded from the moment it is made. */
export class VideoRecording {
  /** Resolves with the video when it was stopped, and rejects when the browser gave up. */
  readonly video: Promise<Blob>;
  readonly #recorder: MediaRecorder;
  readonly #sound: AudioNode;
  readonly #tap: MediaStreamAudioDestinationNode;

  /** @throws {Error} where the browser cannot record */
  constructor(canvas: HTMLCanvasElement, sound: AudioNode) {
    const mimeType = supportedType();
    if (!mimeType || !canvas.captureStream) throw new Error('This browser cannot record videos.');
    this.#sound = sound;
    this.#tap = new MediaStreamAudioDestinationNode(sound.context as AudioContext);
    sound.connect(this.#tap);
    const tracks = [...canvas.captureStream(FRAME_RATE).getTracks(), ...this.#tap.stream.getTracks()];
    this.#recorder = new MediaRecorder(new MediaStream(tracks), { mimeType, videoBitsPerSecond: BIT_RATE });
    this.video = this.#collect(mimeType);
    this.#recorder.start();
  }

  stop(): void {
    if (this.#recorder.state !== 'inactive') this.#recorder.stop();
    for (const track of this.#recorder.stream.getTracks()) track.stop();
    this.#sound.disconnect(this.#tap);
  }

  #collect(mimeType: string): Promise<Blob> {
    const pieces: Blob[] = [];
    const { promise, resolve, reject } = Promise.withResolvers<Blob>();
    this.#recorder.addEventListener('dataavailable', ({ data }) => pieces.push(data));
    this.#recorder.addEventListener('stop', () => resolve(new Blob(pieces, { type: mimeType })));
    this.#recorder.addEventListener('error', () => reject(new Error('The browser stopped recording.')));
    return promise;
  }
}

function supportedType(): string | undefined {
  return TYPES.find((type) => globalThis.MediaRecorder?.isTypeSupported(type));
}

/** @returns for example `webm` */
export function extensionOf({ type }: Blob): string {
  return type.startsWith('video/mp4') ? 'mp4' : 'webm';
}

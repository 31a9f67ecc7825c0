import { download } from '../keep/download.ts';
import { madeButton } from '../page/made.ts';
import { extensionOf, VideoRecording } from './VideoRecording.ts';

/** What is recorded. */
export interface Recordable {
  readonly canvas: HTMLCanvasElement | null;
  readonly sound: AudioNode;
  /** For the name of the file */
  readonly name: string;
}

/** Starts a video of the stage, stops it, and saves it as a file. */
export class VideoButton {
  readonly element: HTMLButtonElement;
  readonly #recordable: () => Recordable;
  readonly #onStatus: (text: string) => void;
  #recording: VideoRecording | null = null;

  /** @param onStatus  takes sentences for the user */
  constructor(recordable: () => Recordable, onStatus: (text: string) => void) {
    this.#recordable = recordable;
    this.#onStatus = onStatus;
    this.element = madeButton('Record a video', () => (this.#recording ? this.stop() : this.#record()));
    this.element.className = 'gallery-record';
    this.element.ariaPressed = 'false';
  }

  /** Ends the recording, if there is one. The video is saved. */
  stop(): void {
    this.#recording?.stop();
  }

  async #record(): Promise<void> {
    const { canvas, sound, name } = this.#recordable();
    if (!canvas) return this.#onStatus('There is no picture to record yet.');
    try {
      this.#recording = new VideoRecording(canvas, sound);
      this.#showRecording(true);
      this.#onStatus('Recording …');
      const video = await this.#recording.video;
      download(video, `${name}.${extensionOf(video)}`);
      this.#onStatus('The video is saved.');
    } catch (cause) {
      this.#recording?.stop();
      this.#onStatus(cause instanceof Error ? cause.message : String(cause));
    }
    this.#recording = null;
    this.#showRecording(false);
  }

  #showRecording(recording: boolean): void {
    this.element.ariaPressed = String(recording);
  }
}

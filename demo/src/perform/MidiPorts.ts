import { Subject } from 'rxjs';
import type { Input, Output, WebMidi } from 'webmidi';

/** A controller that was moved, or a key that was pressed */
export interface MidiMessage {
  readonly type: 'controlchange' | 'noteon';
  /** From 1 to 16 */
  readonly channel: number;
  /** Of the controller or of the note */
  readonly number: number;
  /** From 0 to 127; for a note how hard it was struck */
  readonly value: number;
}

/** The MIDI devices, once the user has allowed them. */
export class MidiPorts {
  readonly #messages = new Subject<MidiMessage>();
  readonly #changes = new Subject<void>();
  readonly messages$ = this.#messages.asObservable();
  /** Tells when a device comes or goes. */
  readonly changes$ = this.#changes.asObservable();
  /** Inputs that are listened to: the library keeps them while they are unplugged. */
  readonly #heard = new WeakSet<Input>();
  #library: typeof WebMidi | null = null;
  /** While the user is asked */
  #enabling: Promise<void> | null = null;

  static get isSupported(): boolean {
    return 'requestMIDIAccess' in navigator;
  }

  get isEnabled(): boolean {
    return this.#library !== null;
  }

  get inputs(): readonly Input[] {
    return this.#library?.inputs ?? [];
  }

  get outputs(): readonly Output[] {
    return this.#library?.outputs ?? [];
  }

  /** Asks for permission, once. @throws {Error} (as a rejection) when that is refused; the message says what to do */
  enable(): Promise<void> {
    this.#enabling ??= this.#open().finally(() => {
      this.#enabling = null;
    });
    return this.#enabling;
  }

  async #open(): Promise<void> {
    // Loaded only by those who use it: it is longer than the rest of the page.
    const { WebMidi } = await import('webmidi');
    await WebMidi.enable().catch((cause) => {
      throw new Error(explainRefusal(cause), { cause });
    });
    this.#library = WebMidi;
    WebMidi.addListener('portschanged', () => this.#update());
    this.#update();
  }

  #update(): void {
    for (const input of this.inputs) {
      if (this.#heard.has(input)) continue;
      this.#heard.add(input);
      this.#hear(input);
    }
    this.#changes.next();
  }

  #hear(input: Input): void {
    const tell = (type: MidiMessage['type'], [status, number, value]: number[]) =>
      this.#messages.next({ type, channel: (status & 0x0f) + 1, number, value });
    input.addListener('controlchange', ({ message }) => tell('controlchange', message.data));
    input.addListener('noteon', ({ message }) => tell('noteon', message.data));
  }
}

function explainRefusal(cause: unknown): string {
  const name = cause instanceof DOMException ? cause.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError')
    return 'MIDI was refused. Allow it in the address bar, then press the button again.';
  return `MIDI could not be opened: ${cause instanceof Error ? cause.message : String(cause)}`;
}

import type { NMFSeparatorNode, Onset } from 'nmf-separator-node';
import { Subject, Subscription } from 'rxjs';
import type { MidiPorts } from './MidiPorts.ts';
import { performanceTimeOf } from './performanceTime.ts';

/** General MIDI's channel for drums */
const CHANNEL = 10;
/** Bass drum, snare drum and closed hi-hat in General MIDI; parts beyond get the notes from `FIRST_OTHER_NOTE` on. */
const DRUM_NOTES = [36, 38, 42];
const FIRST_OTHER_NOTE = 60;
/** Milliseconds from a note to its end: drum machines only need its beginning. */
const NOTE_LENGTH = 80;
const LARGEST_VELOCITY = 127;

export function standardNoteOf(part: number): number {
  return DRUM_NOTES[part] ?? FIRST_OTHER_NOTE + part - DRUM_NOTES.length;
}

/** What makes notes: the separator. */
export type OnsetSource = Pick<NMFSeparatorNode, 'onsets$' | 'context'>;

/** Plays a note on a MIDI output whenever a part starts to sound. */
export class OnsetNotes {
  readonly #ports: MidiPorts;
  readonly #changes = new Subject<void>();
  /** Tells when a part gets another note. */
  readonly changes$ = this.#changes.asObservable();
  /** One for each part; parts without one get the standard. */
  #notes: readonly (number | undefined)[] = [];
  #source: OnsetSource | null = null;
  #outputId = '';
  #subscription = new Subscription();

  constructor(ports: MidiPorts) {
    this.#ports = ports;
  }

  /** Id of the output, '' for none */
  get outputId(): string {
    return this.#outputId;
  }

  set outputId(id: string) {
    this.#outputId = id;
    this.#listen();
  }

  get notes(): readonly (number | undefined)[] {
    return this.#notes;
  }

  set notes(notes: readonly (number | undefined)[]) {
    this.#notes = notes;
    this.#changes.next();
  }

  noteOf(part: number): number {
    return this.#notes[part] ?? standardNoteOf(part);
  }

  setNote(part: number, note: number): void {
    this.notes = Object.assign([...this.#notes], { [part]: note });
  }

  /** Plays the onsets of another separator from now on. */
  follow(source: OnsetSource): void {
    this.#source = source;
    this.#listen();
  }

  /** Only while there is an output: onsets cost something to find. */
  #listen(): void {
    this.#subscription.unsubscribe();
    if (!this.#source || !this.#outputId) return;
    const { onsets$, context } = this.#source;
    this.#subscription = onsets$.subscribe((onset) => this.#play(onset, context as AudioContext));
  }

  #play({ component, time, strength }: Onset, context: AudioContext): void {
    const output = this.#ports.outputs.find(({ id }) => id === this.#outputId);
    output?.channels[CHANNEL].playNote(this.noteOf(component), {
      // A velocity of 0 would mean the end of the note.
      rawAttack: Math.max(1, Math.round(LARGEST_VELOCITY * Math.min(strength, 1))),
      duration: NOTE_LENGTH,
      time: performanceTimeOf(time, context),
    });
  }
}

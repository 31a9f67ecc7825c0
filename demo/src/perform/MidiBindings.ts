import { type Observable, Subject } from 'rxjs';
import { gainAt } from './decibels.ts';
import type { MidiMessage } from './MidiPorts.ts';

/** What a controller can move. */
export interface StageControl {
  readonly kind: 'fader' | 'solo';
  readonly part: number;
}

/** Which controller moves a control. Plain data, which the page can keep. */
export interface Binding extends StageControl, Pick<MidiMessage, 'type' | 'channel' | 'number'> {}

export interface MidiTargets {
  /** @param gain  from 0 to 1.5 */
  setFader(part: number, gain: number): void;
  toggleSolo(part: number): void;
}

/** The largest value of a controller, and the one from which on a switch is on */
const CONTROLLER = { most: 127, on: 64 };

/** Moves faders and solos by MIDI, and learns by which controllers. */
export class MidiBindings {
  readonly #targets: MidiTargets;
  readonly #changes = new Subject<void>();
  /** Tells when a binding is made or removed, and when learning begins or ends. */
  readonly changes$ = this.#changes.asObservable();
  #bindings: readonly Binding[] = [];
  #learning: StageControl | null = null;
  /** Solos whose controller is on: a knob that is turned further does not toggle again. */
  readonly #held = new Set<Binding>();

  constructor(messages$: Observable<MidiMessage>, targets: MidiTargets) {
    this.#targets = targets;
    messages$.subscribe((message) => this.#onMessage(message));
  }

  get all(): readonly Binding[] {
    return this.#bindings;
  }

  /** Leaves out what is no binding, as an edited file may hold it. */
  set all(bindings: readonly unknown[]) {
    this.#bindings = bindings.filter(isBinding);
    this.#changes.next();
  }

  /** The control that the next controller is bound to */
  get learning(): StageControl | null {
    return this.#learning;
  }

  of(control: StageControl): Binding | undefined {
    return this.#bindings.find((binding) => isSame(binding, control));
  }

  /** Binds the control to the next controller that is moved. */
  learn(control: StageControl): void {
    this.#learning = control;
    this.#changes.next();
  }

  cancel(): void {
    this.#learning = null;
    this.#changes.next();
  }

  unbind(control: StageControl): void {
    this.#bindings = this.#bindings.filter((binding) => !isSame(binding, control));
    this.#changes.next();
  }

  #onMessage(message: MidiMessage): void {
    if (this.#learning) this.#bind(this.#learning, message);
    for (const binding of this.#bindings) if (isFrom(binding, message)) this.#apply(binding, message);
  }

  /** The control gets this controller alone, and this controller the control: whoever wants more binds more. */
  #bind({ kind, part }: StageControl, { type, channel, number }: MidiMessage): void {
    // A key has no positions in between, so it cannot be a fader.
    if (kind === 'fader' && type === 'noteon') return;
    const binding = { kind, part, type, channel, number };
    const others = this.#bindings.filter((other) => !isSame(other, binding) && !isFrom(other, binding));
    this.#bindings = [...others, binding];
    this.#learning = null;
    this.#changes.next();
  }

  #apply(binding: Binding, { type, value }: MidiMessage): void {
    if (binding.kind === 'fader') {
      this.#targets.setFader(binding.part, gainAt(value / CONTROLLER.most));
      return;
    }
    const isOn = type === 'noteon' || value >= CONTROLLER.on;
    const wasOn = type === 'controlchange' && this.#held.has(binding);
    if (isOn) this.#held.add(binding);
    else this.#held.delete(binding);
    if (isOn && !wasOn) this.#targets.toggleSolo(binding.part);
  }
}

function isSame(one: StageControl, other: StageControl): boolean {
  return one.kind === other.kind && one.part === other.part;
}

function isFrom(
  binding: Binding,
  { type, channel, number }: Pick<MidiMessage, 'type' | 'channel' | 'number'>,
): boolean {
  return binding.type === type && binding.channel === channel && binding.number === number;
}

function isBinding(value: unknown): value is Binding {
  const { kind, part, type, channel, number } = (value ?? {}) as Partial<Binding>;
  const isMessage = type === 'controlchange' || (type === 'noteon' && kind === 'solo');
  return (kind === 'fader' || kind === 'solo') && isMessage && [part, channel, number].every(Number.isInteger);
}

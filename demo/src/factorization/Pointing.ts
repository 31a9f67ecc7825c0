/** Milliseconds a pointer rests on a component before that sounds: enough to cross others on the way. */
const DWELL = 250;

/** What pointing does. */
export interface PointingEffects {
  light(component: number | null): void;
  /** null: nothing more */
  hear(component: number | null): void;
}

/**
 * Which component is lit and which one sounds. The one that is pointed at is lit at once and sounds after a moment, until
 * the pointer leaves; the one that is chosen by a click, a key or a touch stays, until it is chosen again or has sounded.
 */
export class Pointing {
  readonly #effects: PointingEffects;
  #pointed: number | null = null;
  #chosen: number | null = null;
  #heard: number | null = null;
  #dwell: ReturnType<typeof setTimeout> | undefined;

  constructor(effects: PointingEffects) {
    this.#effects = effects;
  }

  /** The component that stays lit. */
  get chosen(): number | null {
    return this.#chosen;
  }

  /** The component that is lit. */
  get lit(): number | null {
    return this.#pointed ?? this.#chosen;
  }

  readonly point = (component: number | null): void => {
    if (component === this.#pointed) return;
    this.#pointed = component;
    clearTimeout(this.#dwell);
    if (this.#heard !== this.#chosen) this.#hear(null);
    if (component !== null) this.#dwell = setTimeout(() => this.#hear(component), DWELL);
    this.#light();
  };

  readonly toggle = (component: number): void => {
    clearTimeout(this.#dwell);
    this.#chosen = this.#chosen === component ? null : component;
    this.#hear(this.#chosen);
    this.#light();
  };

  /** The sound of a component has come to its end. */
  ended(component: number): void {
    if (this.#chosen === component) this.#chosen = null;
    if (this.#heard === component) this.#hear(null);
    this.#light();
  }

  /** Forgets everything: the components are others now. */
  reset(): void {
    clearTimeout(this.#dwell);
    this.#pointed = null;
    this.#chosen = null;
    this.#hear(null);
    this.#light();
  }

  #light(): void {
    this.#effects.light(this.lit);
  }

  #hear(component: number | null): void {
    if (component === this.#heard) return;
    this.#heard = component;
    this.#effects.hear(component);
  }
}

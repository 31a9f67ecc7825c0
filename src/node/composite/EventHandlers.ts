/** What an `on…` attribute may be set to (HTML, section 8.1.8.1); anything but an object or a function counts as null. */
export type Handler = ((event: Event) => void) | null;

/** The `on…` attributes of a node. */
export class EventHandlers {
  readonly #target: EventTarget;
  readonly #handlers = new Map<string, Handler>();

  constructor(target: EventTarget) {
    this.#target = target;
  }

  get(type: string): Handler {
    return this.#handlers.get(type) ?? null;
  }

  /** A handler keeps its place among the listeners when it is replaced. */
  set(type: string, value: unknown): void {
    if (!this.#handlers.has(type)) this.#target.addEventListener(type, (event) => this.#call(type, event));
    const isHandler = typeof value === 'function' || (typeof value === 'object' && value !== null);
    this.#handlers.set(type, isHandler ? (value as Handler) : null);
  }

  #call(type: string, event: Event): void {
    const handler = this.get(type);
    if (typeof handler === 'function') handler.call(this.#target, event);
  }
}

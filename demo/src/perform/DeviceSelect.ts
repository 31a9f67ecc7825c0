import { made } from '../page/made.ts';

/** Ids that Chromium lists besides those of devices */
const ALIASES = ['default', 'communications'];

export interface DeviceKind {
  readonly kind: 'audioinput' | 'audiooutput';
  readonly title: string;
  /** What the device is called when the system chooses */
  readonly standard: string;
}

/** Lists the devices of a kind to choose from. */
export class DeviceSelect {
  readonly #select = made('select', { autocomplete: 'off' });
  readonly element: HTMLLabelElement;
  readonly #kind: DeviceKind;
  readonly #use: (deviceId: string) => Promise<void>;
  readonly #tell: (text: string) => void;
  #inUse = '';

  /**
   * @param use  called with the id of the chosen device, or '' for the system's choice
   * @param tell  called with a sentence for the user
   */
  constructor(kind: DeviceKind, use: (deviceId: string) => Promise<void>, tell: (text: string) => void) {
    this.#kind = kind;
    this.#use = use;
    this.#tell = tell;
    this.element = made('label', { className: 'device' }, made('span', { textContent: kind.title }), this.#select);
    this.#select.append(new Option(kind.standard, ''));
    this.#select.addEventListener('change', () => this.#choose(this.#select.value));
  }

  /** '' for the system's choice */
  get inUse(): string {
    return this.#inUse;
  }

  /** Shows the devices that are there now. One in use that is gone is replaced by the system's choice. */
  async show(devices: readonly MediaDeviceInfo[]): Promise<void> {
    const before = this.#nameOf(this.#inUse);
    const [standard] = this.#select.options;
    const present = devices.filter(
      // Without permission to use a device, browsers say neither id nor name.
      ({ kind, deviceId }) => kind === this.#kind.kind && deviceId !== '' && !ALIASES.includes(deviceId),
    );
    const options = present.map(({ label, deviceId }, k) => new Option(label || `Device ${k + 1}`, deviceId));
    this.#select.replaceChildren(standard, ...options);
    this.#select.value = this.#inUse;
    if (this.#select.selectedIndex >= 0) return;
    this.#select.value = '';
    this.#inUse = '';
    await this.#choose('');
    this.#tell(`${before} is gone. ${this.#kind.standard} is in use.`);
  }

  #nameOf(deviceId: string): string {
    return [...this.#select.options].find(({ value }) => value === deviceId)?.text ?? '';
  }

  async #choose(deviceId: string): Promise<void> {
    const before = this.#inUse;
    this.#inUse = deviceId;
    try {
      await this.#use(deviceId);
    } catch (cause) {
      this.#tell(`${this.#nameOf(deviceId)} could not be used: ${cause instanceof Error ? cause.message : cause}`);
      // The user may have chosen another one meanwhile.
      if (this.#inUse !== deviceId) return;
      this.#inUse = before;
      this.#select.value = before;
    }
  }
}

import { DeviceSelect } from './DeviceSelect.ts';

const INPUT = { kind: 'audioinput', title: 'Microphone', standard: 'The default microphone' } as const;
const OUTPUT = { kind: 'audiooutput', title: 'Loudspeaker', standard: 'The default loudspeaker' } as const;

/** What TypeScript's DOM library leaves out. Firefox and Safari do not have it either. */
interface WithSink {
  setSinkId(deviceId: string): Promise<void>;
}

export interface DeviceRequests {
  /** Called when another input is to be used, with its id; '' is the system's choice. */
  openInput(deviceId: string): Promise<void>;
  /** Called with a sentence for the user. */
  tell(text: string): void;
}

/** Lets the user choose the devices that the sound comes from and goes to, where the browser can do that. */
export class Devices {
  readonly #input: DeviceSelect;
  readonly #output: DeviceSelect;
  #context: AudioContext | null = null;

  constructor(container: HTMLElement, { openInput, tell }: DeviceRequests) {
    this.#input = new DeviceSelect(INPUT, openInput, tell);
    this.#output = new DeviceSelect(OUTPUT, (deviceId) => this.#routeTo(deviceId), tell);
    // Pages that are not served over https have no devices.
    if (!navigator.mediaDevices) return;
    container.append(this.#input.element);
    if ('setSinkId' in AudioContext.prototype) container.append(this.#output.element);
    navigator.mediaDevices.addEventListener('devicechange', () => this.refresh());
    void this.refresh();
  }

  /** Id of the chosen input, for `getUserMedia`; '' is the system's choice. */
  get input(): string {
    return this.#input.inUse;
  }

  /** To be called with the context once there is one: it then plays on the chosen output. */
  async setContext(context: AudioContext): Promise<void> {
    this.#context = context;
    if (this.#output.inUse) await this.#routeTo(this.#output.inUse);
  }

  /** Lists the devices again. To be called after the first microphone was opened: before, devices have no names. */
  async refresh(): Promise<void> {
    const devices = await navigator.mediaDevices.enumerateDevices();
    await this.#input.show(devices);
    await this.#output.show(devices);
  }

  async #routeTo(deviceId: string): Promise<void> {
    await (this.#context as unknown as WithSink | null)?.setSinkId(deviceId);
  }
}

/** What stands in for the MIDI devices */
export interface FakeMidi {
  /** What the page has sent to the output */
  readonly sent: { data: number[]; time: number }[];
  refused: boolean;
  /** Sends a message from the input. */
  send(data: number[]): void;
  plugIn(name: string): void;
}

/** Runs in the page, before its scripts: MIDI with one input and one output, which are in `window.stageMidi`. */
export function fakeMidi(): void {
  class Port extends EventTarget {
    state = 'connected';
    connection = 'closed';
    manufacturer = 'Fake';
    version = '1';
    onstatechange: ((event: object) => void) | null = null;
    onmidimessage: ((event: object) => void) | null = null;
    constructor(
      readonly type: string,
      readonly name: string,
      readonly id = `${type} ${name}`,
    ) {
      super();
    }
    async open() {
      this.connection = 'open';
      this.onstatechange?.({ port: this });
      return this;
    }
    async close() {
      this.connection = 'closed';
      this.onstatechange?.({ port: this });
      return this;
    }
    send(data: Iterable<number>, time = 0) {
      fake.sent.push({ data: [...data], time });
    }
  }
  const [input, output] = [new Port('input', 'Fake keys'), new Port('output', 'Fake drums')];
  const access = {
    inputs: new Map([[input.id, input]]),
    outputs: new Map([[output.id, output]]),
    sysexEnabled: false,
    onstatechange: null as ((event: object) => void) | null,
  };
  const fake: FakeMidi = {
    sent: [],
    refused: false,
    send: (data) => input.onmidimessage?.({ data: Uint8Array.from(data), timeStamp: performance.now(), target: input }),
    plugIn(name) {
      const port = new Port('input', name);
      access.inputs.set(port.id, port);
      access.onstatechange?.({ port, timeStamp: performance.now() });
    },
  };
  Object.assign(window, { stageMidi: fake });
  navigator.requestMIDIAccess = async () => {
    if (fake.refused) throw new DOMException('Permission denied', 'NotAllowedError');
    return access as never;
  };
}

/** Records the messages that arrive at `port1` of every MessageChannel, and from every worklet, made until `stop`. */
export function watchMessages() {
  const RealChannel = globalThis.MessageChannel;
  const RealWorkletNode = globalThis.AudioWorkletNode;
  const received: unknown[] = [];
  globalThis.MessageChannel = class extends RealChannel {
    constructor() {
      super();
      this.port1.addEventListener('message', ({ data }) => received.push(data));
    }
  };
  globalThis.AudioWorkletNode = class extends RealWorkletNode {
    constructor(...args: ConstructorParameters<typeof AudioWorkletNode>) {
      super(...args);
      this.port.addEventListener('message', ({ data }) => received.push(data));
    }
  };
  return {
    count: (type: string) => received.filter((data) => (data as { type?: string } | null)?.type === type).length,
    stop() {
      globalThis.MessageChannel = RealChannel;
      globalThis.AudioWorkletNode = RealWorkletNode;
    },
  };
}

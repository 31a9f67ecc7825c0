/** Records the messages that arrive at `port1` of every MessageChannel created until `stop`. */
export function watchMessages() {
  const RealChannel = globalThis.MessageChannel;
  const received: unknown[] = [];
  globalThis.MessageChannel = class extends RealChannel {
    constructor() {
      super();
      this.port1.addEventListener('message', ({ data }) => received.push(data));
    }
  };
  return {
    count: (type: string) => received.filter((data) => (data as { type?: string } | null)?.type === type).length,
    stop() {
      globalThis.MessageChannel = RealChannel;
    },
  };
}

/** Watches the message channels that this page makes, and keeps what arrives at their first ports. */
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
    /** How many messages of a type have arrived so far. */
    count: (type: string) => received.filter((data) => (data as { type?: string } | null)?.type === type).length,
    stop() {
      globalThis.MessageChannel = RealChannel;
    },
  };
}

/** Counts the bytes of WebAssembly memory that is made while it watches. */
export function watchMemories() {
  const RealMemory = WebAssembly.Memory;
  const memories: WebAssembly.Memory[] = [];
  WebAssembly.Memory = class extends RealMemory {
    constructor(descriptor: WebAssembly.MemoryDescriptor) {
      super(descriptor);
      memories.push(this);
    }
  };
  return {
    bytes: () => memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0),
    stop() {
      WebAssembly.Memory = RealMemory;
    },
  };
}

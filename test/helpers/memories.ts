/** Tracks the WebAssembly memories that are created until `stop`. `bytes` is their current total size. */
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

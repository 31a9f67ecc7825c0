declare module 'virtual:kernels' {
  /** The WebAssembly binary in hexadecimal. */
  const binary: string;
  export default binary;
}

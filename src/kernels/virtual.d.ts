declare module 'virtual:kernels' {
  /** The WebAssembly binary in base64. */
  const binary: string;
  export default binary;
}

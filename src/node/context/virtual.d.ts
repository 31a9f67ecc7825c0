declare module 'virtual:worklet' {
  /** The minified code of the AudioWorklet processor. */
  const code: string;
  export default code;
}
declare module 'virtual:worker' {
  /** The minified code of the worker. */
  const code: string;
  export default code;
}

declare module 'virtual:threads' {
  /** The minified code of worklet and worker. */
  const code: string;
  export default code;
}

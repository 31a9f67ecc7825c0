/** What AudioListener has by the standard */
const PARAMETERS = ['positionX', 'positionY', 'positionZ', 'forwardX', 'forwardY', 'forwardZ', 'upX', 'upY', 'upZ'];

/**
 * Workaround 16: the listener of Firefox has no parameters, and Tone.js refuses a context whose listener has none. It gets
 * some that change nothing.
 */
export function completeListener(context: AudioContext): void {
  const { listener } = context;
  if ('positionX' in listener) return;
  for (const name of PARAMETERS) {
    Object.defineProperty(listener, name, { value: new ConstantSourceNode(context, { offset: 0 }).offset });
  }
}

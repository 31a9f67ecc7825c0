/**
 * Takes the place of hydra-synth's `src/lib/sandbox.js`, which evaluates text as soon as a synthesiser is made. The page's
 * Content-Security-Policy forbids that, and a sketch that is a function has no need of it.
 */
export default function sandbox(): { eval(code: string): never } {
  return {
    eval() {
      throw new Error('This page evaluates no text. Write the sketch as a function.');
    },
  };
}

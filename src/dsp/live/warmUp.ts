import { DIVERGENCES } from '../divergence.ts';
import { binsOf } from '../transform/StftLayout.ts';
import { BLOCK, type LiveLayout } from './LiveLayout.ts';
import { SeparationChain } from './SeparationChain.ts';

/** Enough that every kernel has run a few times. More would only hold up what sounds already. */
const HOPS = 8;

const LAYOUT: LiveLayout = { fftSize: 256, hopSize: BLOCK, allowance: 0, window: 'hann' };
const COMPONENTS = 3;
/** Two share a complex transform, the third has one alone. */
const CHANNELS = 3;

let warm = false;

/**
 * Runs a small chain for a moment, so that the engine has compiled the kernels of this thread before sound depends on
 * them: the first frames take four times as long otherwise. Takes 5 to 9 ms with the compilation itself, once a thread.
 */
export function warmUp(): void {
  if (warm) return;
  warm = true;
  const bins = binsOf(LAYOUT);
  const chain = new SeparationChain({ layout: LAYOUT, components: COMPONENTS, channels: CHANNELS });
  const templates = Float32Array.from({ length: COMPONENTS * bins }, (_, i) => (i % 7) + (i % 5));
  const componentOf = Uint8Array.from({ length: COMPONENTS }, (_, k) => k);
  const blocks = () => Array.from({ length: CHANNELS }, () => new Float32Array(BLOCK).fill(1, 0, BLOCK / 3));
  const input = blocks();
  const outputs = Array.from({ length: COMPONENTS }, blocks);
  for (const divergence of DIVERGENCES) {
    chain.setDictionary({ templates, componentOf, divergence });
    for (let hop = 0; hop < HOPS; hop++) chain.process(input, outputs, hop % 2 ? 2 : 1.5);
  }
}

import { namingSpacing } from '../../dsp/live/naming.ts';
import { binsOf } from '../../dsp/transform/StftLayout.ts';
import type { LiveModel } from '../../protocol/worker.ts';
import type { Settings } from '../options/resolveOptions.ts';

/** Seconds for each bin of each template of a frame: about what `npm run bench -- activations` measures. */
const SECONDS_PER_VALUE = 2e-9;
/** What a model takes of a core that follows what is heard: `npm run bench -- adaptation`. */
const ADAPTING = 0.02;

/** What a node takes of the core of its live worker, at most; 1 is a whole core. */
export function coreShare(settings: Settings, model: LiveModel | null, adapts: boolean): number {
  const { layout, sampleRate, activation } = settings;
  const templates = model?.dictionary?.componentOf.length ?? 0;
  const copies = 2 * (model?.pitchShifts ?? 0) * templates;
  const framesPerSecond = sampleRate / layout.hopSize;
  // Where the audio thread activates the frames, some of them only name the copies.
  const activated = activation === 'worker' ? 1 : copies > 0 ? 1 / namingSpacing(layout.hopSize) : 0;
  const values = (templates + copies) * binsOf(layout);
  return activated * framesPerSecond * values * SECONDS_PER_VALUE + (adapts ? ADAPTING : 0);
}

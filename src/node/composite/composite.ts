import { type AnyAudioContext, rawContextOf } from '../context/contextFamily.ts';
import { invalidState } from '../errors.ts';
import type { NMFSeparatorNode } from '../NMFSeparatorNode.ts';
import type { Settings } from '../options/resolveOptions.ts';
import { makeParts } from './parts.ts';
import { SeparatorMembers } from './SeparatorMembers.ts';

/** The GainNode class of a context family. */
type GainNodeClass = new (context: BaseAudioContext, options: GainOptions) => GainNode;
type Composite = new (context: AnyAudioContext, settings: Settings) => NMFSeparatorNode;

const composites = new WeakMap<GainNodeClass, Composite>();

/** The separator node class of a context's family, made once. */
export function compositeOf(context: AnyAudioContext): Composite {
  const Base = rawContextOf(context).createGain().constructor as GainNodeClass;
  let composite = composites.get(Base);
  if (!composite) {
    composite = makeComposite(Base);
    composites.set(Base, composite);
  }
  return composite;
}

/**
 * A composite can be wired at once, while its worklet still loads: the GainNode it extends is the input, and K inner
 * GainNodes are the outputs.
 */
function makeComposite(Base: GainNodeClass): Composite {
  class SeparatorComposite extends Base {
    constructor(context: AnyAudioContext, settings: Settings) {
      super(rawContextOf(context), { channelCount: settings.channelCount, channelCountMode: 'explicit' });
      makeParts(this, context, settings, {
        connect: (destination) => super.connect(destination),
        disconnect: () => super.disconnect(),
      });
    }

    override get channelCount(): number {
      return super.channelCount;
    }

    override set channelCount(value: number) {
      if (value !== super.channelCount)
        throw invalidState(`channelCount: it is fixed at ${super.channelCount} when the node is made.`);
    }

    override get channelCountMode(): ChannelCountMode {
      return 'explicit';
    }

    override set channelCountMode(value: ChannelCountMode) {
      if (value !== 'explicit') throw invalidState("channelCountMode: it is fixed at 'explicit'.");
    }
  }
  const { constructor: _, ...members } = Object.getOwnPropertyDescriptors(SeparatorMembers.prototype);
  Object.defineProperties(SeparatorComposite.prototype, members);
  return SeparatorComposite as GainNodeClass as unknown as Composite;
}

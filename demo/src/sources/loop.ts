import { LoopedClip } from './LoopedClip.ts';
import type { PlayableSource } from './PlayableSource.ts';

export function loopOf(title: string, clip: AudioBuffer, context: AudioContext): PlayableSource {
  return new LoopedClip(title, clip, context);
}

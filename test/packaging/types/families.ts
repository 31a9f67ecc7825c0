// Must compile: contexts of other libraries are accepted. Never run.
import { NMFSeparatorNode } from 'nmf-separator-node';
import { AudioContext, type IAudioContext, OfflineAudioContext } from 'standardized-audio-context';
import * as Tone from 'tone';

export const nodes = [
  new NMFSeparatorNode(new AudioContext()),
  new NMFSeparatorNode(new OfflineAudioContext({ length: 1, sampleRate: 44100 })),
  new NMFSeparatorNode(Tone.getContext()),
  new NMFSeparatorNode(Tone.getContext().rawContext),
];
Tone.connect(new Tone.Synth(), nodes[2]);
export const context: IAudioContext = new AudioContext();

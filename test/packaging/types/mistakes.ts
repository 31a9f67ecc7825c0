// Each line after @ts-expect-error must be a compile error. Never run.
import { NMFModel, NMFSeparatorNode, separate, suggestComponents } from 'nmf-separator-node';

declare const context: AudioContext;
declare const clip: AudioBuffer;
const separator = new NMFSeparatorNode(context);

// @ts-expect-error a missing context
new NMFSeparatorNode();
// @ts-expect-error not a context
new NMFSeparatorNode(clip);
// @ts-expect-error a misspelled option
new NMFSeparatorNode(context, { component: 3 });
// @ts-expect-error a string instead of a number
new NMFSeparatorNode(context, { components: '3' });
// @ts-expect-error an unknown window
new NMFSeparatorNode(context, { window: 'hamming' });
// @ts-expect-error a latency in seconds
new NMFSeparatorNode(context, { latencyHint: 0.1 });
// @ts-expect-error an unknown divergence
new NMFSeparatorNode(context, { divergence: 'frobenius' });
// @ts-expect-error an array of numbers as a clip
separator.learn([1, 2, 3]);
// @ts-expect-error an unknown solver
separator.learn(clip, { solver: 'newton' });
// @ts-expect-error an incomplete model
separator.setModel({ templates: [] });
// @ts-expect-error read-only
separator.latency = 0;
// @ts-expect-error a stream of frames, not of numbers
separator.activations$.subscribe((value: number) => value);
// @ts-expect-error an instance method called on the class
NMFSeparatorNode.dispose();
// @ts-expect-error samples without a sample rate
separate(new Float32Array(44100));
// @ts-expect-error a string instead of a number, in suggestComponents
suggestComponents(clip, { max: 'all' });
// @ts-expect-error read-only
NMFModel.fromJSON({}).components = 4;

// What must not compile: each line that is expected to be wrong, is. Never run.
import { NMFModel, NMFSeparatorNode, separate, suggestComponents } from 'nmf-separator-node';

declare const context: AudioContext;
declare const clip: AudioBuffer;
const separator = new NMFSeparatorNode(context);

// @ts-expect-error no context
new NMFSeparatorNode();
// @ts-expect-error not a context
new NMFSeparatorNode(clip);
// @ts-expect-error a misspelled option
new NMFSeparatorNode(context, { component: 3 });
// @ts-expect-error a number as text
new NMFSeparatorNode(context, { components: '3' });
// @ts-expect-error a window that there is not
new NMFSeparatorNode(context, { window: 'hamming' });
// @ts-expect-error a latency in seconds
new NMFSeparatorNode(context, { latencyHint: 0.1 });
// @ts-expect-error a divergence that there is not
new NMFSeparatorNode(context, { divergence: 'frobenius' });
// @ts-expect-error an array of numbers as a clip
separator.learn([1, 2, 3]);
// @ts-expect-error a solver that there is not
separator.learn(clip, { solver: 'newton' });
// @ts-expect-error a model of another make
separator.setModel({ templates: [] });
// @ts-expect-error read-only
separator.latency = 0;
// @ts-expect-error a stream of frames, not of numbers
separator.activations$.subscribe((value: number) => value);
// @ts-expect-error a method, called as if it were one of the class
NMFSeparatorNode.dispose();
// @ts-expect-error samples without their rate
separate(new Float32Array(44100));
// @ts-expect-error text as a number
suggestComponents(clip, { max: 'all' });
// @ts-expect-error read-only
NMFModel.fromJSON({}).components = 4;

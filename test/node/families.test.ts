// The contract of every family of contexts, for that of node-web-audio-api.
import { afterAll } from 'vitest';
import { describeFamily } from '../helpers/familyContract.ts';
import { NODE_FAMILY } from '../helpers/nodeFamily.ts';

describeFamily(NODE_FAMILY);

afterAll(async () => ((await NODE_FAMILY.live()) as AudioContext).close());

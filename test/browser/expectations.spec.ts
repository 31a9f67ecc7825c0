// Bugs and limits of engines and libraries that need a workaround. Test n belongs to "Workaround n" in the sources. A
// failing test means that the engine was fixed: remove the workaround. Number 11 has no test: it would hang the page.
// Number 13 hangs it as well, so it is in test/pages/expectations.test.ts, which can do without that page.

import { wrap } from 'comlink';
import { addAudioWorkletModule, OfflineAudioContext as StandardizedOffline } from 'standardized-audio-context';
import { expect, test, vi } from 'vitest';
import { server } from 'vitest/browser';
import { moduleUrl } from '../helpers/moduleUrl.ts';
import { sleep } from '../helpers/sleep.ts';

const IN = {
  everyEngine: test,
  chromium: test.runIf(server.browser === 'chromium'),
  webkit: test.runIf(server.browser === 'webkit'),
  chromiumAndWebKit: test.runIf(server.browser !== 'firefox'),
};
const RATE = 44100;
/** Milliseconds after which no answer is expected any more. Real answers take a tenth of it at most. */
const TIMEOUT = 300;

/** 'probe' outputs its number of messages so far, and answers each with its number of quanta and two global types. */
const PROCESSOR = scriptUrl(`
  registerProcessor('probe', class extends AudioWorkletProcessor {
    quanta = 0;
    messages = 0;
    constructor() {
      super();
      this.port.onmessage = () => {
        this.messages++;
        this.port.postMessage({ quanta: this.quanta, atob: typeof atob, performance: typeof performance });
      };
    }
    process(_inputs, [[output]]) {
      this.quanta++;
      output.fill(this.messages);
      return true;
    }
  });
  registerProcessor('thrower', class extends AudioWorkletProcessor {
    process() {
      throw new Error('as it should');
    }
  });
`);

function scriptUrl(code: string): string {
  return moduleUrl(code);
}

async function makeNode<Context extends BaseAudioContext>(context: Context, name = 'probe') {
  await context.audioWorklet.addModule(PROCESSOR);
  return { context, node: new AudioWorkletNode(context, name) };
}

const offlineNode = (name?: string) => makeNode(new OfflineAudioContext(1, RATE, RATE), name);

async function liveNode() {
  const context = new AudioContext();
  await context.resume();
  return makeNode(context);
}

/** The probe's answer, however long it takes on a busy machine */
function ask({ port }: AudioWorkletNode): Promise<{ quanta: number; atob: string; performance: string }> {
  const answer = new Promise<{ quanta: number; atob: string; performance: string }>((resolve) => {
    port.onmessage = ({ data }) => resolve(data);
  });
  port.postMessage('how are you');
  return answer;
}

/** What settles first: the promise, or the time after which nothing is expected to come of it any more. */
function orOpen<Result>(promise: Promise<Result>): Promise<Result | 'open'> {
  return Promise.race([promise, sleep(TIMEOUT).then(() => 'open' as const)]);
}

IN.everyEngine(
  '1: standardized-audio-context requires a gain parameter of every subclass of its GainNode',
  async () => {
    const context = new StandardizedOffline({ numberOfChannels: 1, length: 128, sampleRate: RATE });
    const GainNode = context.createGain().constructor as new (
      context: StandardizedOffline,
    ) => ReturnType<StandardizedOffline['createGain']>;
    class WithoutGain extends GainNode {
      override get gain() {
        return undefined as never;
      }
    }
    const source = context.createConstantSource();
    source.connect(new WithoutGain(context)).connect(context.destination);
    source.start();
    await expect(context.startRendering()).rejects.toThrow();
  },
);

IN.chromiumAndWebKit('2: a worklet that is not connected to the destination does not run', async () => {
  const { context, node } = await liveNode();
  node.connect(context.createGain());
  // WebKit may run a node before it is connected to anything.
  const { quanta } = await ask(node);
  const { node: connected } = await makeNode(context);
  connected.connect(context.destination);
  await expect.poll(async () => (await ask(connected)).quanta).toBeGreaterThan(20);
  expect(await ask(node)).toMatchObject({ quanta });
});

IN.chromium("3: the processorerror event of a worklet node is of type 'error'", async () => {
  const { context, node } = await offlineNode('thrower');
  const eventType = new Promise((resolve) => {
    node.onprocessorerror = ({ type }) => resolve(type);
  });
  node.connect(context.destination);
  await context.startRendering();
  expect(await eventType).toBe('error');
});

IN.webkit('4: in a sandboxed frame a worklet loads from a data URL, but not from a blob URL', async () => {
  const loads = new Promise((resolve) => addEventListener('message', ({ data }) => resolve(data), { once: true }));
  const frame = document.createElement('iframe');
  frame.setAttribute('sandbox', 'allow-scripts');
  frame.srcdoc = `<!doctype html><script>
    const { audioWorklet } = new OfflineAudioContext(1, 128, ${RATE});
    const urls = [URL.createObjectURL(new Blob([''], { type: 'text/javascript' })), 'data:text/javascript,'];
    Promise.all(urls.map((url) => audioWorklet.addModule(url).then(() => true, () => false)))
      .then((loads) => parent.postMessage(loads, '*'));
  </script>`;
  document.body.append(frame);
  expect(await loads).toEqual([false, true]);
});

IN.everyEngine('5: AudioWorkletGlobalScope has no atob', async () => {
  const { node } = await offlineNode();
  expect(await ask(node)).toMatchObject({ atob: 'undefined' });
});

IN.everyEngine('6: AudioWorkletGlobalScope has no performance.now, so Date is the finest clock', async () => {
  const { node } = await offlineNode();
  expect(await ask(node)).toMatchObject({ performance: 'undefined' });
});

IN.everyEngine('7: a Comlink call never settles when its worker is terminated', async () => {
  const worker = new Worker(scriptUrl(''));
  const call = wrap<() => void>(worker)();
  worker.terminate();
  expect(await orOpen(call.finally(() => {}))).toBe('open');
});

// Not in Firefox, where the order is not predictable.
IN.chromiumAndWebKit(
  '8: a message sent just before startRendering may arrive too late for the first rendered sample',
  async () => {
    const firstSample = async (waitForAnswer: boolean) => {
      const { context, node } = await offlineNode();
      node.connect(context.destination);
      const answer = ask(node);
      if (waitForAnswer) await answer;
      return (await context.startRendering()).getChannelData(0)[0];
    };
    expect(await firstSample(true)).toBe(1);
    // The message is late nearly every time.
    const samples: number[] = [];
    for (let i = 0; i < 20 && !samples.includes(0); i++) samples.push(await firstSample(false));
    expect(samples).toContain(0);
  },
);

IN.chromium('9: the processors of a closed context never answer', async () => {
  const { context, node } = await liveNode();
  node.connect(context.destination);
  await ask(node);
  await context.close();
  expect(await orOpen(ask(node))).toBe('open');
});

IN.everyEngine('10: standardized-audio-context loads every worklet module through a blob URL', async () => {
  const blobUrl = vi.spyOn(URL, 'createObjectURL');
  const context = new StandardizedOffline({ numberOfChannels: 1, length: RATE, sampleRate: RATE });
  await addAudioWorkletModule!(context, `data:text/javascript,${encodeURIComponent('/* nothing */')}`);
  expect(blobUrl).toHaveBeenCalled();
});

IN.webkit('12: without a locale, navigator.language is not a language tag', () => {
  expect(() => Intl.getCanonicalLocales(navigator.language)).toThrow(RangeError);
});

const SLEEPER = `onmessage = async ({ data: count }) => {
  while (count) {
    const last = Atomics.load(count, 0);
    const { value } = Atomics.waitAsync(count, 0, last);
    Atomics.store(count, 1, last);
    Atomics.notify(count, 1);
    await value;
  }
};`;

/** Wakes a sleeper until it sleeps on for a second, and says after how many times; null: it never did. */
const WAKER = `onmessage = ({ data: count }) => {
  const end = performance.now() + 40000;
  for (let n = 1; performance.now() < end; n++) {
    Atomics.store(count, 0, n);
    Atomics.notify(count, 0);
    if (Atomics.wait(count, 1, n - 1, 1000) === 'timed-out') return postMessage(n);
    const pause = 20000 * Math.random();
    for (let i = 0; i < pause; i++) count[2] = i;
  }
  postMessage(null);
};`;

IN.webkit('17: now and then a worker that is notified sleeps on until a message comes', async () => {
  const count = new Int32Array(new SharedArrayBuffer(12));
  const sleeper = new Worker(scriptUrl(SLEEPER));
  const waker = new Worker(scriptUrl(WAKER));
  sleeper.postMessage(count);
  await expect.poll(() => Atomics.load(count, 1)).toBe(0);
  const answer = new Promise<number>((resolve) => {
    waker.onmessage = ({ data }) => resolve(data);
  });
  waker.postMessage(count);
  const times = await answer;
  expect(times).toBeGreaterThan(1);
  expect(Atomics.load(count, 1)).toBe(times - 1);
  sleeper.postMessage(null);
  await expect.poll(() => Atomics.load(count, 1)).toBe(times);
});

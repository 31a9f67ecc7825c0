import type { NMFModel, NMFSeparatorNode, Progress } from 'nmf-separator-node';
import { Subscription } from 'rxjs';
import { ComponentRow } from './ComponentRow.ts';
import { element } from './element.ts';
import type { Mixer } from './Mixer.ts';
import { showError, showStatus } from './messages.ts';
import { formatFrequency, namesByPitch, pitchesOf } from './pitchOrder.ts';
import type { Separation } from './Separation.ts';
import { SpectrogramView } from './SpectrogramView.ts';
import { showStatistics } from './statistics.ts';

/** Milliseconds between two looks at the statistics: slow enough to read. */
const STATISTICS_INTERVAL = 500;

/** Shows what a separation does, and lets the listener mix its components. */
export class SeparationView {
  readonly #spectrogram = new SpectrogramView(element('spectrogram', HTMLCanvasElement));
  #node: NMFSeparatorNode | null = null;
  #mixer: Mixer | null = null;
  #rows: ComponentRow[] = [];
  #subscription = new Subscription();

  constructor() {
    setInterval(() => this.#node && showStatistics(this.#node), STATISTICS_INTERVAL);
    this.#drawMeters(performance.now());
  }

  show({ node }: Separation, mixer: Mixer): void {
    this.#subscription.unsubscribe();
    this.#node = node;
    if (mixer !== this.#mixer) this.#makeRows(mixer);
    this.#subscription = new Subscription();
    this.#subscription.add(node.state$.subscribe(() => this.#showState()));
    this.#subscription.add(node.model$.subscribe((model) => this.#showModel(model)));
    this.#subscription.add(node.progress$.subscribe(showProgress));
    this.#subscription.add(node.error$.subscribe(showError));
    this.#subscription.add(
      node.spectrogram$.subscribe(({ time, magnitudes }) => {
        this.#spectrogram.add(time, magnitudes, node.context.sampleRate);
      }),
    );
    this.#subscription.add(
      node.activations$.subscribe(({ time, values }) => {
        for (const [k, row] of this.#rows.entries()) row.addActivation(time, values[k]);
      }),
    );
  }

  #drawMeters(before: number): void {
    requestAnimationFrame((now) => {
      for (const row of this.#rows) row.drawMeter((now - before) / 1000);
      this.#drawMeters(now);
    });
  }

  #makeRows(mixer: Mixer): void {
    this.#mixer = mixer;
    this.#rows = mixer.channels.map((channel, k) => new ComponentRow(k, channel, (change) => mixer.change(k, change)));
    element('components', HTMLElement).replaceChildren(...this.#rows.map((row) => row.element));
  }

  #showModel(model: NMFModel | null): void {
    this.#showState();
    if (!model) return;
    const pitches = pitchesOf(model);
    const names = namesByPitch(pitches);
    for (const [k, row] of this.#rows.entries()) row.setName(names[k], `around ${formatFrequency(pitches[k])}`);
  }

  #showState(): void {
    const { state, model } = this.#node!;
    document.body.dataset.state = state;
    document.body.dataset.learned = String(model !== null);
    element('learning', HTMLElement).hidden = state !== 'learning';
    if (state === 'learning') element('progress', HTMLProgressElement).value = 0;
    showStatus(describe(state, model !== null));
  }
}

function describe(state: NMFSeparatorNode['state'], learned: boolean): string {
  switch (state) {
    case 'loading':
      return 'Loading the separator …';
    case 'learning':
      return 'Learning what the sound is made of …';
    case 'failed':
      return 'The separator could not be loaded.';
    case 'disposed':
      return 'The separator has ended.';
    case 'ready':
      return learned
        ? 'Separating live.'
        : 'Nothing learned yet: let it listen for some seconds, then learn from what you just heard.';
  }
}

function showProgress({ iteration, iterations, restart, restarts }: Progress): void {
  element('progress', HTMLProgressElement).value = (restart - 1 + iteration / iterations) / restarts;
}

import { Subscription } from 'rxjs';
import type { App } from '../App.ts';
import { element } from '../page/element.ts';
import { notify } from '../page/messages.ts';
import { Devices } from './Devices.ts';
import { delayOf, describeDelay } from './delay.ts';
import { InputMeter } from './InputMeter.ts';
import { StageKeyboard } from './keyboard.ts';
import { MasterFader } from './MasterFader.ts';
import { Midi } from './Midi.ts';

/** Milliseconds between two looks at the delay and the length of the recording */
const INTERVAL = 500;

/** Devices, input, keys, MIDI and recording. */
export class PerformPanel {
  readonly #app: App;
  readonly #record = element('record', HTMLButtonElement);
  readonly #delay = element('delay', HTMLElement);

  constructor(app: App) {
    this.#app = app;
    this.#connectInput();
    this.#connectButtons();
    this.#connectKeys();
    this.#connectMidi();
    setInterval(() => this.#showTimes(), INTERVAL);
  }

  #connectInput(): void {
    const { store, transport } = this.#app;
    const container = element('input', HTMLElement);
    const devices = new Devices(element('devices', HTMLElement), {
      openInput: (deviceId) => transport.openMicrophone(deviceId),
      tell: notify,
    });
    const gain = new MasterFader(container, 'Input', (inputGain) => store.change({ inputGain }));
    store.watch(({ inputGain }) => inputGain).subscribe((value) => gain.show(value));
    // One with a scale, and one that is in view wherever the page is scrolled to, while a part is taught for example.
    const meters = [container, element('input-strip', HTMLElement)].map((parent) => new InputMeter(parent, 'Input'));
    store
      .watch(({ sound }) => sound)
      .subscribe((sound) => {
        if (!sound) return;
        const { session } = this.#app;
        for (const meter of meters) meter.watch(session.input);
        void devices.setContext(session.context);
        // Before a microphone was opened, devices have no names.
        if (sound.source.track) void devices.refresh();
      });
  }

  #connectButtons(): void {
    const { store, performance } = this.#app;
    const freeze = element('freeze', HTMLButtonElement);
    const stage = element('stage-layout', HTMLButtonElement);
    freeze.addEventListener('click', () => this.#app.attempt(() => performance.toggleFrozen()));
    this.#record.addEventListener('click', () => this.#app.attempt(() => performance.toggleRecording()));
    stage.addEventListener('click', () => toggleStage(stage));
    store
      .watch(({ adapting }) => adapting)
      .subscribe((adapting) => {
        freeze.setAttribute('aria-pressed', String(adapting));
      });
    store
      .watch(({ grouping }) => grouping !== null)
      .subscribe((learned) => {
        freeze.disabled = !learned;
      });
    store
      .watch(({ sound }) => sound !== null)
      .subscribe((chosen) => {
        this.#record.disabled = !chosen;
      });
    store
      .watch(({ recording }) => recording)
      .subscribe((recording) => {
        this.#record.setAttribute('aria-pressed', String(recording));
        this.#showTimes();
      });
  }

  #connectKeys(): void {
    const { parts, transport, performance } = this.#app;
    const withPart = (place: number, action: (component: number) => void) => {
      const part = parts.all[place];
      if (part) action(part.component);
    };
    const keyboard = new StageKeyboard({
      toggleOnly: (place) => withPart(place, (component) => parts.toggleSolo(component)),
      toggleMute: (place) => withPart(place, (component) => parts.toggleMute(component)),
      clearSolos: () => parts.clearSolos(),
      togglePlaying: () => void this.#app.attempt(() => transport.toggle()),
      toggleBypass: () => parts.toggleBypass(),
      toggleFrozen: () => void this.#app.attempt(() => performance.toggleFrozen()),
      toggleRecording: () => void this.#app.attempt(() => performance.toggleRecording()),
    });
    element('keys', HTMLButtonElement).addEventListener('click', () => keyboard.openSheet());
  }

  #connectMidi(): void {
    const { parts, store } = this.#app;
    const componentAt = (place: number) => parts.all[place]?.component;
    const midi = new Midi(element('midi', HTMLElement), {
      setFader: (place, level) => {
        const component = componentAt(place);
        if (component !== undefined) parts.setFader(component, { level });
      },
      toggleSolo: (place) => {
        const component = componentAt(place);
        if (component !== undefined) parts.toggleSolo(component);
      },
    });
    store
      .watch(() => parts.all.map(({ name }) => name).join('\n'))
      .subscribe((names) => midi.showParts(names.split('\n')));
    midi.changes$.subscribe(() => store.change({ midi: midi.settings }));
    store
      .watch((state) => state.midi)
      .subscribe((settings) => {
        midi.settings = settings;
      });
    this.#app.watchSeparation(({ node }) => {
      midi.follow(node);
      return Subscription.EMPTY;
    });
  }

  #showTimes(): void {
    const { state, node, performance } = this.#app;
    this.#record.textContent = state.recording
      ? `Stop and save (${Math.floor(performance.seconds)} s)`
      : 'Record all parts';
    if (!node) return;
    const context = node.context as AudioContext;
    const text = describeDelay(delayOf({ separator: node, context, track: state.sound?.source.track }));
    if (this.#delay.textContent !== text) this.#delay.textContent = text;
  }
}

/** Shows only what a performer needs, without scrolling. */
function toggleStage(button: HTMLButtonElement): void {
  const on = document.body.dataset.layout !== 'stage';
  document.body.dataset.layout = on ? 'stage' : 'page';
  button.setAttribute('aria-pressed', String(on));
  button.textContent = on ? 'Whole page' : 'On stage';
  if (on) void document.documentElement.requestFullscreen?.().catch(() => {});
  else if (document.fullscreenElement) void document.exitFullscreen();
}

import type { App } from '../App.ts';
import { download, fileNameOf } from '../keep/download.ts';
import { notify, showStatus } from '../page/messages.ts';
import { StreamRecorder } from './StreamRecorder.ts';

/** What a performer does while the sound goes on: records it, and lets the parts follow it or not. */
export class Performance {
  readonly #app: App;
  #recorder: StreamRecorder | null = null;

  constructor(app: App) {
    this.#app = app;
    // The browser asks whether the recording may be lost.
    window.addEventListener('beforeunload', (event) => {
      if (app.state.recording) event.preventDefault();
    });
  }

  /** Seconds of the running recording */
  get seconds(): number {
    return this.#recorder?.seconds ?? 0;
  }

  /** Records each part and the untouched sound; called again, it saves a WAV file of each. */
  async toggleRecording(): Promise<void> {
    const { store, state } = this.#app;
    if (state.recording) await this.#save();
    else await this.#record();
    store.change({ recording: !state.recording });
  }

  async toggleFrozen(): Promise<void> {
    const { learning, state } = this.#app;
    if (!state.grouping) throw new Error('Learn something first: there are no parts yet that could follow the sound.');
    await learning.setAdapting(!state.adapting);
    showStatus(state.adapting ? 'The parts stay as they are now.' : 'The parts follow what is heard.');
  }

  async #record(): Promise<void> {
    const { session, parts, state } = this.#app;
    if (!state.sound) throw new Error('Play something first: there is nothing to record yet.');
    this.#recorder ??= new StreamRecorder(session.context);
    const { node } = session.separation;
    const streams = parts.all.map(({ component, name }) => ({ node, output: component, name }));
    await this.#recorder.start([...streams, { node: node.dry, output: 0, name: 'Original' }]);
  }

  async #save(): Promise<void> {
    const recorder = this.#recorder!;
    const files = await recorder.stop();
    for (const { name, file } of files) download(file, `${fileNameOf(name, 'recorded')}.wav`);
    const lost = recorder.lostSamples / this.#app.session.context.sampleRate;
    if (lost > 0) notify(`The browser was too busy: ${lost.toFixed(1)} seconds of the recording are silent.`);
    else
      showStatus(
        `${files.length} files of ${recorder.seconds.toFixed(1)} seconds are saved. The parts add up to the original.`,
      );
  }
}

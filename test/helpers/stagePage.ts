// The script of a small page with the demo's tools for the stage, for tests. Everything is in `window.stage`.
import { NMFSeparatorNode } from 'nmf-separator-node';
import { Subject } from 'rxjs';
import { Devices } from '../../demo/src/perform/Devices.ts';
import { delayOf, describeDelay } from '../../demo/src/perform/delay.ts';
import { InputMeter } from '../../demo/src/perform/InputMeter.ts';
import { StageKeyboard } from '../../demo/src/perform/keyboard.ts';
import { MasterFader } from '../../demo/src/perform/MasterFader.ts';
import { Midi } from '../../demo/src/perform/Midi.ts';
import { StreamRecorder } from '../../demo/src/perform/StreamRecorder.ts';

const SAMPLE_RATE = 44_100;
const SCRIPTS = { workletUrl: 'worklet.js', workerUrl: 'worker.js' };

const context = new AudioContext({ sampleRate: SAMPLE_RATE });
/** Calls of what the tools request, as text */
const calls: string[] = [];
const call =
  (name: string) =>
  (...parameters: unknown[]) => {
    calls.push([name, ...parameters].join(' '));
  };
const place = (id: string) => document.getElementById(id)!;

const actions = {
  toggleOnly: call('only'),
  toggleMute: call('mute'),
  clearSolos: call('clear'),
  togglePlaying: call('play'),
  toggleBypass: call('bypass'),
  toggleFrozen: call('freeze'),
  toggleRecording: call('record'),
};
const onsets = new Subject<{ time: number; component: number; strength: number }>();

/** White noise of a second in two channels, played in a loop */
function playNoise(): { node: AudioNode; buffer: AudioBuffer } {
  const buffer = new AudioBuffer({ numberOfChannels: 2, length: SAMPLE_RATE, sampleRate: SAMPLE_RATE });
  for (let c = 0; c < 2; c++) {
    buffer.copyToChannel(
      Float32Array.from({ length: SAMPLE_RATE }, () => Math.random() - 0.5),
      c,
    );
  }
  const node = new AudioBufferSourceNode(context, { buffer, loop: true });
  node.start();
  return { node, buffer };
}

const stage = {
  context,
  calls,
  onsets,
  playNoise,
  delayOf,
  describeDelay,
  makeSeparator: () => new NMFSeparatorNode(context, { components: 3, ...SCRIPTS }),
  makeRecorder: () => new StreamRecorder(context),
  meter: new InputMeter(place('meter'), 'Input'),
  keyboard: new StageKeyboard(actions),
  fader: new MasterFader(place('fader'), 'Master', call('gain')),
  devices: new Devices(place('devices'), { openInput: async (id) => call('input')(id), tell: call('tell') }),
  midi: new Midi(place('midi'), {
    setFader: (part, gain) => call('fader')(part, gain.toFixed(3)),
    toggleSolo: call('solo'),
  }),
};
stage.midi.showParts(['Kick', 'Snare', 'Hat', 'Voice']);
stage.midi.follow({ onsets$: onsets, context });
place('sheet').addEventListener('click', () => stage.keyboard.openSheet());
export type Stage = typeof stage;
Object.assign(window, { stage });

import type { ComponentNode } from 'nmf-separator-node';
import { useEffect, useState } from 'react';
import { useSeparator } from './useSeparator.ts';

const NAMES = ['Part 1', 'Part 2', 'Part 3'];
const context = new AudioContext();

export function App() {
  const [buffer, setBuffer] = useState<AudioBuffer | null>(null);
  const [isOpening, setOpening] = useState(false);
  const [error, setError] = useState('');

  async function open(sound: File) {
    setOpening(true); // one file at a time
    try {
      setBuffer(await context.decodeAudioData(await sound.arrayBuffer()));
      setError('');
    } catch (cause) {
      setError(String(cause));
    }
    setOpening(false);
  }

  // Browsers play nothing before a click.
  const onClick = () => context.resume();
  return (
    <>
      <label>
        Sound file{' '}
        <input
          type="file"
          accept="audio/*"
          disabled={isOpening}
          onClick={onClick}
          onChange={(e) => open(e.target.files![0])}
        />
      </label>
      <p role="alert">{error}</p>
      {buffer && <Mixer buffer={buffer} />}
    </>
  );
}

function Mixer({ buffer }: { buffer: AudioBuffer }) {
  const { separator, status } = useSeparator(context, buffer, NAMES.length);
  return (
    <>
      <output>{status}</output>
      {separator && NAMES.map((name, k) => <Fader key={name} name={name} component={separator.components[k]} />)}
    </>
  );
}

function Fader({ name, component }: { name: string; component: ComponentNode }) {
  const [gain, setGain] = useState(1);
  useEffect(() => {
    component.gain.value = gain;
  }, [component, gain]);
  return (
    <p>
      <label>
        {name} <input type="range" max="1" step="any" value={gain} onChange={(e) => setGain(+e.target.value)} />
      </label>
    </p>
  );
}

import { NMFSeparatorNode } from 'nmf-separator-node';
import { useEffect, useState } from 'react';

/** Plays a loop in parts, as long as the component that calls it is mounted. */
export function useSeparator(context: AudioContext, buffer: AudioBuffer, components: number) {
  const [separator, setSeparator] = useState<NMFSeparatorNode | null>(null);
  const [status, setStatus] = useState('');
  useEffect(() => {
    const made = new NMFSeparatorNode(context, { components });
    const source = new AudioBufferSourceNode(context, { buffer, loop: true });
    source.connect(made);
    for (const component of made.components) component.connect(context.destination);
    source.start();
    setSeparator(made);
    setStatus('Learning its parts …');
    made.learn(buffer).then(
      () => setStatus('Move the faders.'),
      // What waits for a node that is disposed of rejects. That is no error of the page.
      (error) => made.state !== 'disposed' && setStatus(error.message),
    );
    return () => {
      source.stop();
      made.dispose();
    };
  }, [context, buffer, components]);
  return { separator, status };
}

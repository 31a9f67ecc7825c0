import workerCode from 'nmf-separator-node/worker.js?raw';

/** URL of the real worker, with code in front that handles each message `event`, with its `data`, first. */
export function changedWorker(onMessage: string): string {
  const code = `addEventListener('message', (event) => { const { data } = event; ${onMessage} }); ${workerCode}`;
  return URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));
}

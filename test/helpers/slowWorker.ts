import workerCode from 'nmf-separator-node/worker.js?raw';

/** The address of a worker like the real one, but busy for a while when it has just started. */
export function slowWorker(milliseconds: number): string {
  const code = `
    let messages = 0;
    addEventListener('message', () => {
      messages++;
      const end = Date.now() + ${milliseconds};
      while (messages === 2 && Date.now() < end);
    });
    ${workerCode}`;
  return URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));
}

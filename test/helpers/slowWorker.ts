import workerCode from 'nmf-separator-node/worker.js?raw';

/** URL of the real worker, modified to block for some time on its second message, during start-up. */
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

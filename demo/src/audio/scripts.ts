/** The package's files beside the page, so that its Content-Security-Policy need not allow `blob:`. */
export const SCRIPTS = { workletUrl: 'worklet.js', workerUrl: 'worker.js' };

// Microphones that recipes have opened: a run that ends gives them back.

/**
 * Notes the streams that are asked for until the signal aborts, and ends them then.
 * @param signal  of the run
 */
export function endMicrophones(signal: AbortSignal): void {
  const { mediaDevices } = navigator;
  // Pages that are not secure have none.
  if (!mediaDevices) return;
  const original = mediaDevices.getUserMedia;
  mediaDevices.getUserMedia = async (constraints) => {
    const stream = await original.call(mediaDevices, constraints);
    const end = () => {
      for (const track of stream.getTracks()) track.stop();
    };
    if (signal.aborted) end();
    else signal.addEventListener('abort', end);
    return stream;
  };
  signal.addEventListener('abort', () => {
    mediaDevices.getUserMedia = original;
  });
}

// Bundled for a page: encodes sound with the browser's own encoder.
import { AudioBufferSource, BufferTarget, Output, WebMOutputFormat } from 'mediabunny';

/**
 * @param valueAt  the sample at a time, in seconds, and the whole second that it lies in
 * @returns Opus in WebM, in base64
 */
export async function encodeOpus(
  seconds: number,
  sampleRate: number,
  valueAt: (second: number, time: number) => number,
): Promise<string> {
  const output = new Output({ format: new WebMOutputFormat(), target: new BufferTarget() });
  const source = new AudioBufferSource({ codec: 'opus', bitrate: 96_000 });
  output.addAudioTrack(source);
  await output.start();
  for (let second = 0; second < seconds; second++) {
    const samples = Float32Array.from({ length: sampleRate }, (_, n) => valueAt(second, second + n / sampleRate));
    const buffer = new AudioBuffer({ length: sampleRate, sampleRate });
    buffer.copyToChannel(samples, 0);
    await source.add(buffer);
  }
  await output.finalize();
  const dataUrl = await new Promise<string>((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as string);
    reader.readAsDataURL(new Blob([output.target.buffer!]));
  });
  return dataUrl.slice(dataUrl.indexOf(',') + 1);
}

// A page that shows flashes.js alone, with a separator that plays pulses, and writes down when the picture changes.
import { NMFSeparatorNode, type Onset } from 'nmf-separator-node';
import { show } from '../../demo/gallery/flashes.js';
import { threeSources } from './signals.ts';

/** What was drawn in an animation frame. */
export interface DrawnFrame {
  /** The context time that was heard when the frame was drawn */
  readonly heard: number;
  /** Of a pixel in the middle of the disc */
  readonly opacity: number;
}

export interface Drawn {
  readonly frames: DrawnFrame[];
  readonly onsets: Onset[];
}

/** @param count  how many onsets are awaited */
async function measure(count: number): Promise<Drawn> {
  const context = new AudioContext();
  await context.resume();
  const [low, , high] = threeSources(context.sampleRate, 1);
  const separator = new NMFSeparatorNode(context, {
    components: 2,
    channelCount: 1,
    workletUrl: 'worklet.js',
    workerUrl: 'worker.js',
  });
  await separator.learn([low, high], { templatesPerComponent: 1, iterations: 10 });
  const buffer = new AudioBuffer({ length: low.length, sampleRate: context.sampleRate });
  buffer.copyToChannel(low, 0);
  const source = new AudioBufferSourceNode(context, { buffer, loop: true });
  source.connect(separator);
  source.start();

  const stage = document.createElement('div');
  stage.style.cssText = 'width: 400px; height: 300px';
  document.body.append(stage);
  const end = await show(stage, separator, [{ component: 0, name: 'Low', colour: '#ffffff' }]);
  const drawn: Drawn = { frames: [], onsets: [] };
  separator.onsets$.subscribe((onset) => onset.component === 0 && drawn.onsets.push(onset));
  const picture = stage.querySelector('canvas')!.getContext('2d')!;
  const lastOnset = () => drawn.onsets[count - 1]?.time ?? Number.POSITIVE_INFINITY;
  for (let heard = 0; heard < lastOnset() + 0.2; ) {
    // The visualizer was first to ask for a frame, so it has drawn when this goes on.
    await new Promise((resolve) => requestAnimationFrame(resolve));
    heard = context.currentTime - context.outputLatency;
    const { canvas } = picture;
    const [, , , opacity] = picture.getImageData(canvas.width / 2, 0.46 * canvas.height, 1, 1).data;
    drawn.frames.push({ heard, opacity });
  }
  end();
  separator.dispose();
  await context.close();
  return { ...drawn, onsets: drawn.onsets.slice(0, count) };
}

Object.assign(window, { measure });

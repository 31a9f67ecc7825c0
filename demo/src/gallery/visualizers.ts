import type { NMFSeparatorNode } from 'nmf-separator-node';

/** A component that sounds, as visualizers show it. */
export interface Part {
  readonly component: number;
  readonly name: string;
  /** As #rrggbb, which every package reads */
  readonly colour: string;
}

/** What each file of demo/gallery exports. */
export interface VisualizerModule {
  /** @returns what ends everything that was begun */
  show(
    stage: HTMLElement,
    separator: NMFSeparatorNode,
    parts: readonly Part[],
    destination: AudioNode,
  ): Promise<() => void>;
  /** Whether the parts are heard from the visualizer, so that the page has to silence its own mix. */
  readonly playsParts?: boolean;
}

export interface Visualizer {
  /** The name of its file */
  readonly id: string;
  readonly title: string;
  /** One sentence: what it shows */
  readonly about: string;
  /** Imports it, and the package it is made with: see loadVisualizer.ts. */
  load(): Promise<VisualizerModule>;
}

export const VISUALIZERS: readonly Visualizer[] = [
  {
    id: 'bars',
    title: 'Bars',
    about: 'A bar for each part, as high as it is loud.',
    load: () => import('../../gallery/bars.js'),
  },
  {
    id: 'flashes',
    title: 'Flashes',
    about: 'A ring for every onset, exactly when it is heard.',
    load: () => import('../../gallery/flashes.js'),
  },
  {
    id: 'figures',
    title: 'Figures',
    about: 'Shaped by the templates, moved by the activations.',
    load: () => import('../../gallery/figures.js'),
  },
  {
    id: 'bodies',
    title: 'Bodies',
    about: 'The parts circle you. With headphones you hear where each of them is. Made with three.js.',
    load: () => import('../../gallery/bodies.js'),
  },
  {
    id: 'hydra',
    title: 'Hydra',
    about: 'A pattern for each part that opens with its level. Made with hydra-synth.',
    load: () => import('../../gallery/hydra.js'),
  },
  {
    id: 'sketch',
    title: 'Sketch',
    about: 'A ribbon for each part that swings as far as it is loud. Made with p5.',
    load: () => import('../../gallery/sketch.js'),
  },
  {
    id: 'butterchurn',
    title: 'Butterchurn',
    about: 'A picture for each part, which hears nothing but that part. Made with butterchurn.',
    load: () => import('../../gallery/butterchurn.js'),
  },
];

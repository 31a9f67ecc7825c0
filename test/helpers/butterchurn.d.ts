// butterchurn is published without types.
declare module 'butterchurn' {
  interface Visualizer {
    connectAudio(node: AudioNode): void;
    disconnectAudio(node: AudioNode): void;
    loadPreset(preset: object): void;
    render(options?: { elapsedTime?: number }): void;
  }
  const module: {
    default: {
      createVisualizer(
        context: BaseAudioContext,
        canvas: HTMLCanvasElement,
        options: { width: number; height: number },
      ): Visualizer;
    };
  };
  export default module;
}

// hydra-synth is published without types. These are of what the gallery and the examples use.
declare module 'hydra-synth' {
  /** A number, or a function that is asked for each picture */
  type Value = number | (() => number);

  /** A chain of functions that becomes a shader */
  interface Pattern {
    kaleid(sides: Value): Pattern;
    rotate(angle: Value, speed?: Value): Pattern;
    scale(amount: Value): Pattern;
    modulate(pattern: Pattern, amount: Value): Pattern;
    color(red: Value, green: Value, blue: Value): Pattern;
    luma(threshold: Value, tolerance: Value): Pattern;
    add(pattern: Pattern, amount: Value): Pattern;
    blend(pattern: Pattern, amount: Value): Pattern;
    out(output: object): void;
  }

  export default class Hydra {
    constructor(options: {
      canvas: HTMLCanvasElement;
      detectAudio: boolean;
      makeGlobal: boolean;
      autoLoop?: boolean;
      enableStreamCapture?: boolean;
    });
    readonly synth: {
      speed: number;
      readonly o0: object;
      osc(frequency: Value, sync: Value, offset: Value): Pattern;
      noise(scale: Value, offset: Value): Pattern;
      solid(red: Value, green: Value, blue: Value): Pattern;
      shape(sides: Value, radius: Value, smoothing: Value): Pattern;
      src(output: object): Pattern;
    };
    /** Draws the next picture. @param elapsed  milliseconds */
    tick(elapsed: number): void;
  }
}

/** What every part of the package has room for. */

/** Streams of a node, and channels of each. */
export const MAXIMUM_COMPONENTS = 32;
export const MAXIMUM_CHANNELS = 32;
export const MAXIMUM_TEMPLATES_PER_COMPONENT = 64;
/** Templates of a dictionary, shifted copies included. */
export const MAXIMUM_TEMPLATES = MAXIMUM_COMPONENTS * MAXIMUM_TEMPLATES_PER_COMPONENT;
/** Semitones each way that templates may be shifted. */
export const MAXIMUM_PITCH_SHIFTS = 12;
/** Samples of a frame: powers of two between these. */
export const FFT_SIZES = { minimum: 256, maximum: 16_384 } as const;
/** Hz that a model or a clip may have. */
export const SAMPLE_RATES = { minimum: 3000, maximum: 768_000 } as const;
export const SEEDS = { minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER } as const;
/** Seconds of the rolling spectrogram. */
export const HISTORY_SECONDS = { minimum: 1, maximum: 120 } as const;

import fc from 'fast-check';

/** The same cases every time, so that a change is judged by what it changes; `SEED=7 npm test` tries others. */
fc.configureGlobal({ seed: Number(process.env.SEED ?? 1) });

import fc from 'fast-check';

/** A fixed seed makes property tests repeatable. `SEED=7 npm test` tries other cases. */
fc.configureGlobal({ seed: Number(process.env.SEED ?? 1) });

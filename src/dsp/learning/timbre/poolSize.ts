/** Starts whose templates are clustered together: chance plays a smaller part with each. */
export const POOL_STARTS = 8;
/** Of each start, by the fast solver: as good as half as many again of the multiplicative one. */
export const POOL_ITERATIONS = 60;
/** Templates of a start for each source that is looked for: half as many lose decibels. */
export const POOL_TEMPLATES_PER_SOURCE = 10;

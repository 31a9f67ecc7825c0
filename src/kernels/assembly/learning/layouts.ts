/**
 * How learning lays out V, W and H in memory. All values are float32, padded with zeros so that no loop has a
 * remainder. In formulas V is bins × frames, W bins × templates and H templates × frames, so that V ≈ W·H.
 *
 * - Rows, for V and what has its shape: `rows[t][f]` for frame t and bin f, each row a whole number of cache lines.
 * - Strips, for W, H and what has their shape: `strips[c / 16][k][c % 16]` for template k and column c, where a column
 *   is a bin of W or a frame of H. Sixteen columns of one template are one cache line, and one strip holds all
 *   templates of sixteen columns.
 * - Quads, a copy of W or H for dot products along its columns: `quads[k / 4][c / 4][k % 4][c % 4]`. A cache line holds
 *   four columns of four templates, so that four dot products read one stream.
 */

export const HALF_LINE_BYTES: usize = 32;
/** Frames that a register tile works on at a time. */
export const TILE_FRAMES: i32 = 2;
/** Strips of frames that are worked on while their part of V is in the cache: 96 frames. */
export const BLOCK_STRIPS: i32 = 6;

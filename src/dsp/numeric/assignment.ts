/**
 * Pairs rows with columns so that the sum of the paired values is as large as it can be: the Hungarian method (Kuhn
 * 1955) by shortest augmenting paths, n³ steps.
 *
 * @param values n × n, row-major, finite
 * @returns for each column its row
 */
export function bestAssignment(values: readonly number[], n: number): number[] {
  // Row and column 0 stand for "none yet", so everything below counts from 1.
  const rowPotential = new Float64Array(n + 1);
  const columnPotential = new Float64Array(n + 1);
  const rowOf = new Int32Array(n + 1);
  for (let row = 1; row <= n; row++) {
    const slack = new Float64Array(n + 1).fill(Number.POSITIVE_INFINITY);
    const cameFrom = new Int32Array(n + 1);
    const visited = new Uint8Array(n + 1);
    rowOf[0] = row;
    let column = 0;
    do {
      visited[column] = 1;
      const current = rowOf[column];
      let nearest = 0;
      for (let j = 1; j <= n; j++) {
        if (visited[j]) continue;
        const cost = -values[(current - 1) * n + j - 1] - rowPotential[current] - columnPotential[j];
        if (cost < slack[j]) {
          slack[j] = cost;
          cameFrom[j] = column;
        }
        if (nearest === 0 || slack[j] < slack[nearest]) nearest = j;
      }
      const step = slack[nearest];
      for (let j = 0; j <= n; j++) {
        if (visited[j]) {
          rowPotential[rowOf[j]] += step;
          columnPotential[j] -= step;
        } else slack[j] -= step;
      }
      column = nearest;
    } while (rowOf[column] !== 0);
    for (; column !== 0; column = cameFrom[column]) rowOf[column] = rowOf[cameFrom[column]];
  }
  return Array.from(rowOf.subarray(1), (row) => row - 1);
}

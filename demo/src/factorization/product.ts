/** W and H as they are pictured: K × rows and K × columns. */
export interface PicturedFactors {
  readonly templates: Float32Array;
  readonly activations: Float32Array;
}

/** W·H, or the layer W_k·H_k of one component alone. @param into rows × columns */
export function multiply({ templates, activations }: PicturedFactors, into: Float32Array, rows: number, only?: number) {
  const columns = into.length / rows;
  const count = templates.length / rows;
  into.fill(0);
  for (let k = only ?? 0; k < (only === undefined ? count : only + 1); k++) {
    for (let row = 0; row < rows; row++) {
      const weight = templates[k * rows + row];
      for (let c = 0; c < columns; c++) into[row * columns + c] += weight * activations[k * columns + c];
    }
  }
}

/** |V − WH|, cell by cell. */
export function residual(V: Float32Array, product: Float32Array, into: Float32Array): void {
  for (let i = 0; i < into.length; i++) into[i] = Math.abs(V[i] - product[i]);
}

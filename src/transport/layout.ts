/** A typed array's place in a buffer that several arrays share. */
interface Place {
  readonly offset: number;
  readonly length: number;
}

/**
 * Lays out arrays one after the other. Those with the larger elements come first, so that every array is aligned.
 */
export function layOut<Name extends string>(
  arrays: Readonly<Record<Name, { readonly length: number; readonly elementBytes: 8 | 4 }>>,
): { readonly places: Readonly<Record<Name, Place>>; readonly bytes: number } {
  const names = (Object.keys(arrays) as Name[]).sort((a, b) => arrays[b].elementBytes - arrays[a].elementBytes);
  let bytes = 0;
  const places = {} as Record<Name, Place>;
  for (const name of names) {
    const { length, elementBytes } = arrays[name];
    places[name] = { offset: bytes, length };
    bytes += length * elementBytes;
  }
  return { places, bytes };
}

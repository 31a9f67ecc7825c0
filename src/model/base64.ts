const BYTES = Float32Array.BYTES_PER_ELEMENT;
/** Characters are made of so many bytes at a time: a call takes only so many arguments. */
const CHUNK = 4096;

/** Little-endian float32 in base64, whatever the byte order of the machine. */
export function toBase64(values: Float32Array): string {
  const view = new DataView(new ArrayBuffer(BYTES * values.length));
  values.forEach((value, i) => {
    view.setFloat32(BYTES * i, value, true);
  });
  const bytes = new Uint8Array(view.buffer);
  let binary = '';
  for (let i = 0; i < bytes.length; i += CHUNK) binary += String.fromCharCode(...bytes.subarray(i, i + CHUNK));
  return btoa(binary);
}

/** What `toBase64` wrote; null for what is not base64. */
export function fromBase64(text: string): Float32Array | null {
  let binary: string;
  try {
    binary = atob(text);
  } catch {
    return null;
  }
  const view = new DataView(Uint8Array.from(binary, (character) => character.charCodeAt(0)).buffer);
  return Float32Array.from({ length: Math.floor(view.byteLength / BYTES) }, (_, i) => view.getFloat32(BYTES * i, true));
}

/** Characters of so many values in base64. */
export function base64Length(values: number): number {
  return 4 * Math.ceil((values * BYTES) / 3);
}

/** Milliseconds a browser has to start the download before its data is released */
const GRACE = 60_000;

export function download(data: Blob, fileName: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(data);
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), GRACE);
}

/** A name without characters that some file systems forbid. */
export function fileNameOf(...parts: readonly string[]): string {
  return parts.map((part) => part.replace(/[^\p{L}\p{N}+ _-]/gu, '').trim() || 'untitled').join(' - ');
}

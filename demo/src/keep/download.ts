/** Milliseconds a browser is given to begin a download before its data is dropped. */
const GRACE = 60_000;

/** Saves data as a file. */
export function download(data: Blob, fileName: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(data);
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), GRACE);
}

/** A name that every file system takes. */
export function fileNameOf(...parts: readonly string[]): string {
  return parts.map((part) => part.replace(/[^\p{L}\p{N}+ _-]/gu, '').trim() || 'untitled').join(' - ');
}

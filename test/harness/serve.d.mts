export interface ServeOptions {
  /** Whether the pages are cross-origin isolated, and so have SharedArrayBuffer. */
  isolated?: boolean;
  /** More headers for every answer, such as a Content-Security-Policy. */
  headers?: Record<string, string>;
}

/** Serves a folder on a free port of 127.0.0.1; `url` ends with a slash. */
export function serve(folder: string, options?: ServeOptions): Promise<{ url: string; close: () => Promise<void> }>;

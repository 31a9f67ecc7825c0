export interface ServeOptions {
  /** Whether the pages are cross-origin isolated, and so have SharedArrayBuffer. */
  isolated?: boolean;
  /** More headers for every answer, such as a Content-Security-Policy. */
  headers?: Record<string, string>;
}

export interface Site {
  /** Ends with a slash. */
  readonly url: string;
  close(): Promise<void>;
}

/** Serves a folder on a free port of 127.0.0.1. */
export function serve(folder: string, options?: ServeOptions): Promise<Site>;

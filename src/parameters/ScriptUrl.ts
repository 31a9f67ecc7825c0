/** The address of a script; where the page demands Trusted Types, a `TrustedScriptURL`. */
export type ScriptUrl = string | URL | TrustedScriptUrl;

/** What a `TrustedScriptURL` has, which TypeScript's DOM library leaves out. */
export interface TrustedScriptUrl {
  /** The address. */
  toJSON(): string;
}

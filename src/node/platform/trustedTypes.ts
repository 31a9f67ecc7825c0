import type { ScriptUrl } from '../../parameters/ScriptUrl.ts';

/** The part of the Trusted Types API that is used here; TypeScript's DOM library leaves it out. */
interface TrustedTypePolicyFactory {
  createPolicy(
    name: string,
    rules: { createScriptURL(url: string): string },
  ): { createScriptURL(url: string): unknown };
}

/** The name a page's `trusted-types` directive has to allow where it allows only some. */
export const POLICY_NAME = 'nmf-separator-node';

let trust: (url: string) => string;

/** Vouches for an address of the package's own code, where pages may demand that of every script (Trusted Types). */
export function trustedUrl(url: string): string {
  trust ??= makeTrust();
  return trust(url);
}

function makeTrust(): typeof trust {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypePolicyFactory };
  try {
    const policy = trustedTypes?.createPolicy(POLICY_NAME, { createScriptURL: (url) => url });
    // Declared as a string, which is what the DOM library takes where browsers take both.
    if (policy) return (url) => policy.createScriptURL(url) as string;
  } catch {
    // The page does not allow this policy; the error that follows says what helps.
  }
  return (url) => url;
}

/** Whether the reason for which a script did not load is that nobody has vouched for its address. */
export function lacksTrust(url: ScriptUrl | undefined, cause: unknown): boolean {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypePolicyFactory };
  const isTrusted = Object.prototype.toString.call(url) === '[object TrustedScriptURL]';
  return trustedTypes !== undefined && !isTrusted && cause instanceof TypeError;
}

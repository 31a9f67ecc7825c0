/** What makes a page cross-origin isolated, so that it has shared memory. Nothing on the page comes from another host. */
const ISOLATION = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/** Gives a response the headers that many hosts of static files cannot send. */
export function isolated(response: Response): Response {
  // Others have no status: redirects, which the browser follows with another request, and failures.
  if (response.type !== 'basic' && response.type !== 'default') return response;
  const { status, statusText } = response;
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(ISOLATION)) headers.set(name, value);
  return new Response(response.body, { status, statusText, headers });
}

// React's types for pages are a package of their own, which nothing else here needs. This is what the example uses.
declare module 'react-dom/client' {
  import type { ReactNode } from 'react';

  export function createRoot(container: Element): { render(children: ReactNode): void };
}

import { fileURLToPath } from 'node:url';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import { type Plugin, rollup } from 'rollup';
import esbuild from 'rollup-plugin-esbuild';
import { serviceWorker } from '../../demo/build/offline.mjs';

const REGISTER = fileURLToPath(new URL('../../demo/src/offline/register.ts', import.meta.url));

/**
 * Builds a small page that works offline as the demo does. It counts how often it was loaded in `sessionStorage.loads`; loads a
 * part of itself by `more()`; keeps in `use` what uses a newer version; and is busy under an address with `?busy`.
 *
 * @param folder  to write to, over an earlier version
 * @param version  in the page's title, `window.version` and the result of `more()`
 */
export async function buildPage(folder: string, version: string): Promise<void> {
  const modules: Record<string, string> = {
    page: `import { workOffline } from ${JSON.stringify(REGISTER)};
      sessionStorage.loads = Number(sessionStorage.loads ?? 0) + 1;
      window.version = '${version}';
      window.more = async () => (await import('more')).default;
      workOffline({
        isolatesAtOnce: true,
        idle: () => location.search !== '?busy',
        onUpdate: (use) => {
          window.use = use;
        },
      });`,
    more: `export default '${version}';`,
  };
  const sources: Plugin = {
    name: 'sources',
    resolveId: (id) => (id in modules ? id : null),
    load: (id) => modules[id] ?? null,
    generateBundle() {
      const source = `<!doctype html><title>${version}</title><script type="module" src="page.js"></script>`;
      this.emitFile({ type: 'asset', fileName: 'index.html', source });
    },
  };
  const bundle = await rollup({ input: 'page', plugins: [sources, nodeResolve(), esbuild(), serviceWorker()] });
  await bundle.write({ dir: folder, chunkFileNames: 'chunks/[name]-[hash].js' });
  await bundle.close();
}

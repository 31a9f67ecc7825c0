// Lists the files that each visualizer is loaded from, for the page to fetch them before it imports any.
import { fileURLToPath } from 'node:url';

/**
 * @typedef {import('rollup').OutputBundle} OutputBundle
 * @typedef {import('rollup').OutputChunk} OutputChunk
 */

const GALLERY = fileURLToPath(new URL('../gallery/', import.meta.url));

/** Adds `gallery/files.json`: by the visualizer's id, the files relative to the page. @returns {import('rollup').Plugin} */
export function galleryFiles() {
  return {
    name: 'gallery-files',
    generateBundle(_options, bundle) {
      const visualizers = Object.values(bundle).flatMap((file) => {
        const id = file.type === 'chunk' ? idOf(file) : null;
        return id ? [[id, filesOf(file.fileName, bundle)]] : [];
      });
      const source = JSON.stringify(Object.fromEntries(visualizers));
      this.emitFile({ type: 'asset', fileName: 'gallery/files.json', source });
    },
  };
}

/** The id of the visualizer that a chunk is, if it is one. @param {OutputChunk} chunk */
function idOf({ facadeModuleId }) {
  if (!facadeModuleId?.startsWith(GALLERY)) return null;
  return facadeModuleId.slice(GALLERY.length).replace(/\.js$/, '');
}

/** A chunk and what it imports, without what the page has loaded already. @param {string} fileName @param {OutputBundle} bundle */
function filesOf(fileName, bundle) {
  const files = new Set([fileName]);
  // What is added to a set while it is walked through is walked through, too.
  for (const name of files) {
    const file = bundle[name];
    if (file?.type !== 'chunk') continue;
    for (const imported of file.imports) if (bundle[imported]?.type === 'chunk') files.add(imported);
  }
  return [...files];
}

// Compresses the page's files once, so that a server need not do it for every visit.
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

/** What becomes smaller. Sound (FLAC) and pictures (PNG) are compressed already. */
const COMPRESSIBLE = /\.(css|html|js|json|md|svg|txt|wasm|webmanifest)$/;

/** Writes `.br` and `.gz` beside each file. Comes last, after the plugins that make files. @returns {import('rollup').Plugin} */
export function compressed() {
  return {
    name: 'compressed',
    generateBundle: {
      order: 'post',
      async handler(_options, bundle) {
        const files = Object.values(bundle).filter(({ fileName }) => COMPRESSIBLE.test(fileName));
        await Promise.all(
          files.map(async (file) => {
            const bytes = Buffer.from(file.type === 'chunk' ? file.code : file.source);
            const [brotli, gzipped] = await Promise.all([withBrotli(bytes), withGzip(bytes)]);
            this.emitFile({ type: 'asset', fileName: `${file.fileName}.br`, source: brotli });
            this.emitFile({ type: 'asset', fileName: `${file.fileName}.gz`, source: gzipped });
          }),
        );
      },
    },
  };
}

/** Brotli is at its best level unless told otherwise; gzip is not. */
const withBrotli = promisify(brotliCompress);
/** @param {Buffer} bytes */
const withGzip = (bytes) => promisify(gzip)(bytes, { level: constants.Z_BEST_COMPRESSION });

// `npm run api`: writes what the built package's entries export into docs/api-reports, for a review of what changes.
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Extractor, ExtractorConfig } from '@microsoft/api-extractor';

const root = fileURLToPath(new URL('../', import.meta.url));
export const ENTRIES = ['index', 'dsp', 'models'];

/**
 * Compares the report of an entry with the committed one.
 *
 * @param {string} entry  one of ENTRIES
 * @param {boolean} [write]  whether the committed report is replaced
 * @returns {{ isSame: boolean, messages: string[] }} `messages` without those about documentation, which typedoc checks
 */
export function reportApi(entry, write = false) {
  mkdirSync(`${root}.cache/api-reports`, { recursive: true });
  const config = ExtractorConfig.prepare({
    configObject: {
      projectFolder: root,
      mainEntryPointFilePath: `${root}dist/${entry}.d.ts`,
      compiler: { tsconfigFilePath: `${root}tsconfig.json` },
      newlineKind: 'lf',
      apiReport: {
        enabled: true,
        reportFileName: `${entry}.api.md`,
        reportFolder: `${root}docs/api-reports`,
        reportTempFolder: `${root}.cache/api-reports`,
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
    },
    configObjectFullPath: undefined,
    packageJsonFullPath: `${root}package.json`,
  });
  /** @type {string[]} */
  const messages = [];
  const { apiReportChanged } = Extractor.invoke(config, {
    localBuild: write,
    messageCallback: (message) => {
      message.handled = true;
      if (message.logLevel === 'error' || message.category === 'Compiler') messages.push(message.text);
    },
  });
  return { isSame: !apiReportChanged, messages };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const entry of ENTRIES) {
    const { isSame, messages } = reportApi(entry, true);
    console.log([`docs/api-reports/${entry}.api.md: ${isSame ? 'as before' : 'written'}`, ...messages].join('\n'));
  }
}

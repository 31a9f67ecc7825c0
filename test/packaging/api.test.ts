// What the package exports is what docs/api-reports says: a change of it is seen in review, and decides the next version.
import { expect, test } from 'vitest';
import { ENTRIES, reportApi } from '../../docs/apiReports.mjs';
import manifest from '../../package.json';

test('every entry with types has a report', () => {
  const typed = Object.values(manifest.exports).flatMap((target) => (typeof target === 'string' ? [] : [target.types]));
  expect(typed).toEqual(ENTRIES.map((entry) => `./dist/${entry}.d.ts`));
});

test.each(ENTRIES)(
  '%s exports what its report says; if a change is meant, `npm run api` writes the report',
  (entry) => {
    expect(reportApi(entry)).toEqual({ isSame: true, messages: [] });
  },
);

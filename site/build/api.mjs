// Writes the API reference into the site, by TypeDoc with the settings of tsconfig.json.
import { Application, JSX, TSConfigReader } from 'typedoc';
import { DIST, ROOT } from './paths.mjs';

/** Folder of the reference in the site */
export const API = 'api';

/** Back to the site's pages, by their paths from its root. @type {Readonly<Record<string, string>>} */
const BACK = { 'nmf-separator-node': 'index.html', Guide: 'guide.html', Demo: 'demo/', Search: 'search.html' };

export async function writeApi() {
  const options = {
    tsconfig: `${ROOT}tsconfig.json`,
    readme: 'none',
    favicon: `${ROOT}demo/icon.svg`,
    customCss: `${ROOT}site/api.css`,
    // An empty hidden file, which hosts may refuse: the service worker could then not keep the site.
    githubPages: false,
    logLevel: /** @type {const} */ ('Warn'),
  };
  const application = await Application.bootstrap(options, [new TSConfigReader()]);
  application.renderer.hooks.on('body.begin', (context) =>
    JSX.createElement(
      'nav',
      { 'aria-label': 'Site', class: 'site-links container' },
      Object.entries(BACK).map(([title, path]) =>
        JSX.createElement('a', { href: context.relativeURL(`../${path}`) ?? '' }, title),
      ),
    ),
  );
  const project = await application.convert();
  if (project) await application.generateDocs(project, DIST + API);
  if (!project || application.logger.hasErrors() || application.logger.hasWarnings()) {
    throw new Error('The API reference was not written.');
  }
}

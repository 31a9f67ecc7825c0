// The Markdown files that become pages, and in which menu each stands. Their text stays where it is.

/**
 * @typedef {object} Document
 * @property {string} source  path from the root of the repository
 * @property {string} page  the file that it becomes
 * @property {string} title
 * @property {string} about  one sentence, for search engines
 * @property {string} [from]  the heading that the page begins with, if not the whole file is shown
 * @property {'top' | 'bottom'} menu
 */

/** @type {readonly Document[]} In the order of the menus. The build fails where a file is missing. */
export const DOCUMENTS = [
  {
    source: 'docs/guide.md',
    page: 'guide.html',
    title: 'Guide',
    about: 'Recipes for live sound separation that run in the page, and can be changed while they do.',
    menu: 'top',
  },
  {
    source: 'README.md',
    page: 'reference.html',
    title: 'Reference',
    about: 'Ways to learn, members, options, latencies, what to expect, browsers and limits.',
    from: 'Learn, teach, visualise',
    menu: 'top',
  },
  {
    source: 'examples/README.md',
    page: 'examples.html',
    title: 'Examples',
    about: 'Whole projects to copy: a page without a bundler, Tone.js, React, three.js, hydra, p5, an extension, Node.',
    menu: 'top',
  },
  {
    source: 'docs/architecture.md',
    page: 'architecture.html',
    title: 'Architecture',
    about: 'How the package works, and where to change it.',
    menu: 'bottom',
  },
  {
    source: 'docs/performance.md',
    page: 'performance.html',
    title: 'Performance',
    about: 'What costs what: the live path, learning, memory and the size of the package.',
    menu: 'bottom',
  },
  {
    source: 'CHANGELOG.md',
    page: 'changelog.html',
    title: 'Changelog',
    about: 'What has changed from version to version.',
    menu: 'bottom',
  },
  {
    source: 'SECURITY.md',
    page: 'security.html',
    title: 'Security',
    about: 'What is promised about models, sound, requests and policies, and how to report a weakness.',
    menu: 'bottom',
  },
  {
    source: 'CONTRIBUTING.md',
    page: 'contributing.html',
    title: 'Contributing',
    about: 'Where things are, and where a change is tested.',
    menu: 'bottom',
  },
];

/** The sections of README.md that the start page shows, by their headings. The build fails where one is missing. */
export const START_SECTIONS = ['Start', 'What nothing else does'];

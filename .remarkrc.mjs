// `npm run check`: every link of the documents into this repository leads to a file, and to a heading where it names one.
import validateLinks from 'remark-validate-links';
import manifest from './package.json' with { type: 'json' };

const repository = manifest.repository.url.replace(/^git\+|\.git$/g, '');

export default { plugins: [[validateLinks, { repository }]] };

// `npm run check`: every relative link of the documents leads to a file, and to a heading where it names one.
import validateLinks from 'remark-validate-links';

export default { plugins: [[validateLinks, { repository: false }]] };

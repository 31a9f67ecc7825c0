// The script of most pages.
import { keepOffline } from './keepOffline.ts';

/** Where the table of contents stands beside the text: see site/style/1-page.css. */
const IS_WIDE = '(min-width: 62rem)';

const contents = document.querySelector<HTMLDetailsElement>('.contents');
if (contents) contents.open = matchMedia(IS_WIDE).matches;
keepOffline();

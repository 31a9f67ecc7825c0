// The script of most pages.
import { keepOffline } from './keepOffline.ts';

/** Where the table of contents stands beside the text: see site/style/1-page.css. */
const isWide = matchMedia('(min-width: 62rem)');
const contents = document.querySelector<HTMLDetailsElement>('.contents');

openContents();
isWide.addEventListener('change', openContents);
keepOffline();

function openContents(): void {
  if (contents) contents.open = isWide.matches;
}

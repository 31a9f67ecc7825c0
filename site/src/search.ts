// The search page: finds the words of the field in all pages of the site, and shows where they stand.
import { keepOffline } from './keepOffline.ts';
import { type Finding, find, loadIndex } from './search/index.ts';

/** Milliseconds without a key until what was typed is looked for */
const PAUSE = 150;
/** Pages that are shown; each takes one more request. */
const MOST_PAGES = 12;

const form = document.getElementById('search-form') as HTMLFormElement;
const field = document.getElementById('search-words') as HTMLInputElement;
const status = document.getElementById('search-status') as HTMLElement;
const results = document.getElementById('search-results') as HTMLElement;
let timer = 0;

form.addEventListener('submit', (event) => {
  event.preventDefault();
  search();
});
field.addEventListener('input', () => {
  clearTimeout(timer);
  timer = window.setTimeout(search, PAUSE);
});

field.value = new URLSearchParams(location.search).get('q') ?? '';
field.focus();
search();
keepOffline();

async function search(): Promise<void> {
  const words = field.value.trim();
  history.replaceState(null, '', words ? `?${new URLSearchParams({ q: words })}` : location.pathname);
  if (!words) {
    show([], '');
    return;
  }
  try {
    const { findings, pages } = await find(await loadIndex(), words, MOST_PAGES);
    // Something else may have been typed meanwhile.
    if (words !== field.value.trim()) return;
    show(findings, pages === 0 ? `Nothing has been found for “${words}”.` : countOf(pages));
  } catch (error) {
    show([], `The search does not work: ${error instanceof Error ? error.message : error}`);
  }
}

function countOf(pages: number): string {
  const found = pages === 1 ? 'One page' : `${pages} pages`;
  return pages > MOST_PAGES ? `${found}; the first ${MOST_PAGES} are shown` : found;
}

function show(findings: readonly Finding[], message: string): void {
  status.textContent = message;
  results.replaceChildren(...findings.map(itemOf));
}

function itemOf({ page, title, url, excerpt }: Finding): HTMLElement {
  const item = document.createElement('li');
  const link = Object.assign(document.createElement('a'), { href: url, textContent: title });
  const where = Object.assign(document.createElement('span'), { className: 'where', textContent: page });
  const text = document.createElement('p');
  // Pagefind has escaped the text, and marks the words that were found.
  text.innerHTML = excerpt;
  item.append(link, ' ', where, text);
  return item;
}

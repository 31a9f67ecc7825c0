// The index that Pagefind has written, with only what the search page needs of it.

/** A section of a page in which words were found */
export interface Finding {
  /** Title of the page */
  readonly page: string;
  /** Heading of the section, or the page's title */
  readonly title: string;
  readonly url: string;
  /** HTML, with the words marked */
  readonly excerpt: string;
}

interface Section {
  readonly title: string;
  readonly url: string;
  readonly excerpt: string;
}

interface Page extends Section {
  readonly meta: { readonly title: string };
  readonly sub_results: readonly Section[];
}

export interface Index {
  search(words: string): Promise<{ results: readonly { data(): Promise<Page> }[] }>;
}

/** Sections of a page that are shown; more would hide the other pages. */
const MOST_SECTIONS = 3;

let loading: Promise<Index> | undefined;

/** Loads the index when it is first needed. */
export function loadIndex(): Promise<Index> {
  loading ??= import(new URL('../pagefind/pagefind.js', import.meta.url).href);
  return loading;
}

/** @returns the best sections of the best pages, and how many pages have the words */
export async function find(index: Index, words: string, mostPages: number) {
  const { results } = await index.search(words);
  const pages = await Promise.all(results.slice(0, mostPages).map((result) => result.data()));
  return { findings: pages.flatMap(findingsIn), pages: results.length };
}

function findingsIn({ meta, url, title, excerpt, sub_results: sections }: Page): Finding[] {
  const page = meta.title;
  if (sections.length === 0) return [{ page, title: title ?? page, url, excerpt }];
  return sections.slice(0, MOST_SECTIONS).map((section) => ({ ...section, page }));
}

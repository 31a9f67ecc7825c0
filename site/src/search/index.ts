// The index that Pagefind has written, with only what the search page needs of it.

/** A section of a page in which words were found */
export interface Finding {
  /** Title of the page, or API */
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
  /** Where the words stand, and how much each place counts */
  readonly weighted_locations: readonly { readonly balanced_score: number }[];
}

interface Page {
  readonly url: string;
  readonly meta: { readonly title: string };
  readonly sub_results: readonly Section[];
}

export interface Index {
  search(words: string): Promise<{ results: readonly { data(): Promise<Page> }[] }>;
}

/** Sections of a page that are shown; more would hide the other pages. */
const MOST_SECTIONS = 3;

let loading: Promise<Index> | undefined;

/** Loads the index when it is first needed, and once more after it could not be loaded. */
export function loadIndex(): Promise<Index> {
  loading ??= import(new URL('../pagefind/pagefind.js', import.meta.url).href).catch((error) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

/** @returns the best sections of the best pages, and how many pages have the words */
export async function find(index: Index, words: string, mostPages: number) {
  const { results } = await index.search(words);
  const pages = await Promise.all(results.slice(0, mostPages).map((result) => result.data()));
  const sorted = pages.map((page) => ({ page, sections: bestSections(page, words) }));
  // Whoever types the name of a member wants its description, however often others name it.
  sorted.sort((a, b) => Number(isNamed(b.sections[0], words)) - Number(isNamed(a.sections[0], words)));
  return {
    findings: sorted.flatMap(({ page, sections }) => sections.map((section) => findingOf(page, section))),
    pages: results.length,
  };
}

function bestSections({ sub_results: sections }: Page, words: string): Section[] {
  const scores = new Map(sections.map((section) => [section, scoreOf(section, words)]));
  return [...sections].sort((a, b) => scores.get(b)! - scores.get(a)!).slice(0, MOST_SECTIONS);
}

function scoreOf(section: Section, words: string): number {
  if (isNamed(section, words)) return Number.POSITIVE_INFINITY;
  return section.weighted_locations.reduce((sum, { balanced_score: score }) => sum + score, 0);
}

const isNamed = (section: Section | undefined, words: string) => section?.title.toLowerCase() === words.toLowerCase();

function findingOf({ url: address, meta }: Page, { title, url, excerpt }: Section): Finding {
  const page = address.includes('/api/') ? `API, ${meta.title}` : meta.title;
  return { page, title, url, excerpt };
}

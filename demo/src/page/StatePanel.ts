import type { App } from '../App.ts';
import { clipSentence } from '../sources/clipSentence.ts';
import type { PageState } from '../state/PageState.ts';
import { knownPartsOf, partsOf } from '../state/parts.ts';
import { element } from './element.ts';
import { showStatus } from './messages.ts';
import { showStatistics } from './statistics.ts';

/** Milliseconds between two updates of the statistics: slow enough to read */
const STATISTICS_INTERVAL = 500;

/** Says what the page is doing, and what it found. */
export class StatePanel {
  constructor(app: App) {
    app.store.watch(stateOf).subscribe((state) => {
      document.body.dataset.state = state;
    });
    app.store
      .watch(({ grouping }) => grouping !== null)
      .subscribe((learned) => {
        document.body.dataset.learned = String(learned);
      });
    app.store.watch(describe).subscribe(showStatus);
    // What was said about the sound before is over.
    app.store.watch(({ sound }) => sound).subscribe(() => showStatus(describe(app.state)));
    const figures = element('figures', HTMLElement);
    app.store.watch(figuresOf).subscribe((text) => {
      figures.textContent = text;
    });
    setInterval(() => app.node && showStatistics(app.node), STATISTICS_INTERVAL);
  }
}

/** Of the separator, but learning also while another separator learns that is to take over */
function stateOf({ separator, tasks }: PageState): string {
  return separator === 'ready' && tasks > 0 ? 'learning' : (separator ?? 'idle');
}

function describe(state: PageState): string {
  switch (stateOf(state)) {
    case 'idle':
      return state.grouping
        ? 'Press play: your parts are as you left them.'
        : 'Press play. Nothing you play leaves this page.';
    case 'loading':
      return 'Loading the separator …';
    case 'learning':
      return state.grouping
        ? 'Learning what the sound is made of. You hear the parts as they are known so far …'
        : 'Learning what the sound is made of …';
    case 'failed':
      return 'The separator could not be loaded.';
    case 'disposed':
      return 'The separator has ended.';
    default:
      return state.grouping ? found(state) : nothingYet(state);
  }
}

/** How well the clip comes apart, where that was measured. */
function figuresOf(state: PageState): string {
  const { sound } = state;
  if (!knownPartsOf(state) || !sound?.clip) return '';
  return `${clipSentence(sound.clip)} The clips of this page were chosen because they come apart well.`;
}

function nothingYet({ sound }: PageState): string {
  return sound?.file
    ? 'Nothing is learned yet: press “Learn from the clip”.'
    : 'Nothing is learned yet: let it listen for some seconds, then learn from what you just heard.';
}

/** For example “3 parts: Kick, Part 2 and Hat.” */
function found(state: PageState): string {
  const names = partsOf(state)
    .filter(({ learned }) => learned)
    .map(({ name }) => name);
  const list = new Intl.ListFormat('en', { type: 'conjunction' }).format(names);
  return `${names.length === 1 ? 'One part' : `${names.length} parts`}: ${list}.`;
}

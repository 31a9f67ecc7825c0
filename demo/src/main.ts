import { App } from './App.ts';
import { DevelopPanel } from './develop/DevelopPanel.ts';
import { FactorizationView } from './factorization/FactorizationView.ts';
import { GalleryView } from './gallery/GalleryView.ts';
import { KeepPanel } from './keep/KeepPanel.ts';
import { LearnPanel } from './learn/LearnPanel.ts';
import { workOffline } from './offline/register.ts';
import { showCredits } from './page/credits.ts';
import { keepFocus } from './page/keepFocus.ts';
import { connectMessages, notify } from './page/messages.ts';
import { openPanels } from './page/openPanels.ts';
import { StagePanel } from './page/StagePanel.ts';
import { StatePanel } from './page/StatePanel.ts';
import { PerformPanel } from './perform/PerformPanel.ts';
import { SourcePicker } from './sources/SourcePicker.ts';
import { TransportPanel } from './sources/TransportPanel.ts';
import { ComponentTable } from './table/ComponentTable.ts';
import { TeachPanel } from './teach/TeachPanel.ts';

const app = new App();
for (const Panel of [
  StatePanel,
  StagePanel,
  SourcePicker,
  ComponentTable,
  FactorizationView,
  LearnPanel,
  TeachPanel,
  KeepPanel,
  PerformPanel,
  GalleryView,
  DevelopPanel,
]) {
  new Panel(app);
}
connectMessages();
keepFocus();
showCredits();
openPanels();
const transport = new TransportPanel(app);
await app.keeping.begin();
transport.playIfWanted();
workOffline({
  isolatesAtOnce: true,
  idle: () => !app.started,
  onUpdate: (use) => notify('A new version of this page is ready.', { title: 'Use it', action: () => useVersion(use) }),
});

/** Loads the new version of the page, which has to be the same in all tabs. */
async function useVersion(use: () => Promise<boolean>): Promise<void> {
  if (!(await use())) notify('Close the other tabs of this page first.');
}

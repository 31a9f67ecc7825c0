import { App } from './App.ts';
import { DevelopPanel } from './develop/DevelopPanel.ts';
import { KeepPanel } from './keep/KeepPanel.ts';
import { LearnPanel } from './learn/LearnPanel.ts';
import { showCredits } from './page/credits.ts';
import { keepFocus } from './page/keepFocus.ts';
import { connectMessages } from './page/messages.ts';
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
  TransportPanel,
  ComponentTable,
  LearnPanel,
  TeachPanel,
  KeepPanel,
  PerformPanel,
  DevelopPanel,
]) {
  new Panel(app);
}
connectMessages();
keepFocus();
showCredits();
openPanels();
await app.keeping.begin();

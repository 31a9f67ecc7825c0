import { type NMFModel, type Suggestion, sonify, suggestComponents } from 'nmf-separator-node';
import { Subscription } from 'rxjs';
import { FilteredClip } from './audio/FilteredClip.ts';
import type { Grouping } from './audio/Grouping.ts';
import type { Mixer } from './audio/Mixer.ts';
import type { Separation } from './audio/Separation.ts';
import { Session } from './audio/Session.ts';
import { SCRIPTS } from './audio/scripts.ts';
import { download, fileNameOf } from './keep/download.ts';
import { KeepPanel } from './keep/KeepPanel.ts';
import { followLink, linkOf } from './keep/link.ts';
import { latencyHintOf, modelFileOf, readModel } from './keep/modelFile.ts';
import { wavOf } from './keep/wavFile.ts';
import { element } from './page/element.ts';
import { hideError, showError, showStatus } from './page/messages.ts';
import { StageView } from './page/StageView.ts';
import { StateView } from './page/StateView.ts';
import { SuggestPanel } from './page/SuggestPanel.ts';
import { learnOptionsOf, settingsFrom } from './page/settings.ts';
import { inStep } from './pictures/inStep.ts';
import { Visualizer } from './pictures/Visualizer.ts';
import { type BundledClip, CLIPS, loadClip } from './sources/clips.ts';
import { loadFile } from './sources/file.ts';
import { loopOf } from './sources/loop.ts';
import { openMicrophone } from './sources/microphone.ts';
import type { Source } from './sources/Source.ts';
import { SourcePicker, TITLES } from './sources/SourcePicker.ts';
import { openSharedSound } from './sources/sharedSound.ts';
import { ComponentTable } from './table/ComponentTable.ts';
import type { SoundActions } from './table/SoundButtons.ts';
import { TeachPanel } from './teach/TeachPanel.ts';

const form = element('settings', HTMLFormElement);
const componentsField = element('component-count', HTMLInputElement);
const playButton = element('play', HTMLButtonElement);
const listenSwitch = element('listen', HTMLInputElement);
/** When checked, each clip is learned as soon as it plays, and again after each change of the settings. */
const automatic = element('automatic', HTMLInputElement);

/** Created on the first click: browsers do not start an AudioContext without a user gesture. */
let session: Session | null = null;
let subscription = new Subscription();
/** Id of the bundled clip that plays */
let clipId: string | null = null;
/** How many recordings have been requested. Only the latest is played; see `playRecording`. */
let recordings = 0;
/** Groups from a link, kept until the model they belong to is learned. */
let linkedGroups: readonly number[] | null = null;

const filtered = new FilteredClip();
const stage = new StageView();
const state = new StateView();
const visualizer = new Visualizer();
const table = new ComponentTable({
  join: (component, into) =>
    attempt(async () => {
      const { names } = table;
      await regroup((grouping) => grouping.join(component, into));
      showStatus(`${names[component]} now sounds in one component with ${names[into]}.`);
    }),
  split: (component) => attempt(() => regroup((grouping) => grouping.split(component))),
  template: (component) => soundOf(component, 'component', async (model) => sonify(model, component)),
  filtered: (component) => soundOf(component, 'filtered', async (model) => (await filteredClips(model))[component]),
});
const teaching = new TeachPanel(
  () => {
    automatic.checked = false;
  },
  (clips) => attempt(() => learnSupervised(clips)),
);
const suggesting = new SuggestPanel(suggest, takeSuggestion, attempt);
const keeping = new KeepPanel({ saveModel, openModel, exportAll }, attempt);
const picker = new SourcePicker({
  clip: (clip) => attempt(() => playClip(clip)),
  file: (file) => attempt(() => (file.name.endsWith('.json') ? openModel(file) : playFile(file))),
  microphone: () => attempt(async () => play(await openMicrophone(TITLES.microphone, startedSession().context))),
  sharedSound: () => attempt(async () => play(await openSharedSound(TITLES.sharedSound, startedSession().context))),
});
table.sounding$.subscribe((sounding) => {
  stage.showNames(sounding);
  teaching.showNames(sounding);
});

function startedSession(): Session {
  if (session) return session;
  session = new Session(settingsFrom(form), showSeparation);
  session.context.addEventListener('statechange', showPlaying);
  return session;
}

/** Runs an action and shows its error, if any. */
async function attempt(action: () => Promise<void>): Promise<void> {
  hideError();
  await action().catch(showError);
}

function showSeparation(separation: Separation, mixer: Mixer): void {
  const { node } = separation;
  subscription.unsubscribe();
  table.showMixer(mixer);
  stage.show(separation);
  state.show(separation);
  teaching.showNode(node, node.components.length);
  subscription = node.model$.subscribe((model) => {
    if (model) {
      table.showGrouping(separation.grouping!);
      visualizer.showModel(model);
    }
    teaching.showGrouped(separation.grouping?.isGrouped ?? false);
    showAbilities(model !== null);
  });
  subscription.add(
    node.activations$.pipe(inStep(node.context as AudioContext)).subscribe(({ time, levels }) => {
      table.addLevels(time, levels);
      visualizer.addLevels(levels);
    }),
  );
  const onsets = node.onsets$.pipe(inStep(node.context as AudioContext));
  subscription.add(onsets.subscribe((onset) => visualizer.addOnset(onset)));
}

/** Enables the buttons that can do something now. */
function showAbilities(learned: boolean): void {
  const hasClip = Boolean(session?.source?.clip);
  keeping.enable({ model: learned, clip: hasClip });
  element('visualize', HTMLButtonElement).disabled = !learned;
  element('learn-clip', HTMLButtonElement).disabled = !hasClip;
  element('learn-recent', HTMLButtonElement).disabled = !session?.source;
}

function showPlaying(): void {
  const playing = session?.context.state === 'running';
  document.body.dataset.playing = String(playing);
  playButton.textContent = playing ? 'Pause' : 'Play';
  playButton.hidden = false;
  element('start', HTMLButtonElement).hidden = true;
}

function playClip(clip: BundledClip): Promise<void> {
  return playRecording(clip.title, (context) => loadClip(clip, context), clip.id);
}

function playFile(file: File): Promise<void> {
  return playRecording(TITLES.file, (context) => loadFile(file, context), null);
}

async function playRecording(
  title: string,
  load: (context: AudioContext) => Promise<AudioBuffer>,
  bundled: string | null,
): Promise<void> {
  const { context } = startedSession();
  recordings += 1;
  const mine = recordings;
  const clip = await load(context);
  // The user may have chosen another recording while this one was loading.
  if (mine === recordings) await play(loopOf(title, clip, context), bundled);
}

async function play(source: Source, bundled: string | null = null): Promise<void> {
  const running = startedSession();
  await running.resume();
  clipId = bundled;
  picker.mark(source.title);
  element('listening', HTMLElement).hidden = !source.feedsBack;
  listenSwitch.checked = false;
  source.ended?.then(() => showStatus(`${source.title} has ended.`));
  suggesting.cancel();
  await running.play(source);
  suggesting.enable();
  showAbilities(running.separation.node.model !== null);
  updateLink();
  if (automatic.checked) await learnFromClip();
}

async function togglePlaying(): Promise<void> {
  const { context } = startedSession();
  await (context.state === 'running' ? startedSession().pause() : startedSession().resume());
}

/** Blind learning from the clip that plays. Does nothing for a live source, which has no clip. */
async function learnFromClip(): Promise<void> {
  const { source, separation, settings } = startedSession();
  if (!source?.clip) return;
  // Not the order of the current model: the result would then depend on earlier learning, which a link does not contain.
  const { loss } = await separation.learn(source.clip, { ...learnOptionsOf(settings), order: 'centroid' });
  state.showLoss(loss);
  const groups = linkedGroups;
  linkedGroups = null;
  if (groups) await regroup((grouping) => grouping.withGroups(groups));
  updateLink();
}

async function learnFromRecent(): Promise<void> {
  const { separation, settings } = startedSession();
  const { loss } = await separation.learn(undefined, learnOptionsOf(settings));
  state.showLoss(loss);
}

async function learnSupervised(clips: Parameters<ConstructorParameters<typeof TeachPanel>[1]>[0]): Promise<void> {
  const { separation, settings } = startedSession();
  if (!separation.grouping && clips.includes(null))
    throw new Error('Teach every component, or learn from the mixture once, so that the others are known.');
  const { divergence, seed } = settings;
  const { loss } = await separation.learn(clips, { divergence, seed });
  state.showLoss(loss);
}

/** Uses the clip that plays or, for a live source, the rolling spectrogram (the last ten seconds). */
async function suggest(signal: AbortSignal): Promise<Suggestion> {
  const { source, separation, settings } = startedSession();
  const clip = source?.clip ?? (await separation.node.spectrogram());
  const { max } = componentsField;
  const { divergence, seed } = settings;
  return suggestComponents(clip, { max: Number(max), divergence, seed, signal, workerUrl: SCRIPTS.workerUrl });
}

async function takeSuggestion(components: number): Promise<void> {
  componentsField.value = String(components);
  await changeSettings();
}

async function regroup(change: (grouping: Grouping) => Grouping): Promise<void> {
  const { separation } = startedSession();
  if (!separation.grouping) throw new Error('Learn something first: there are no components to group yet.');
  await separation.regroup(change(separation.grouping));
  updateLink();
}

function soundOf(component: number, kind: string, make: (model: NMFModel) => Promise<AudioBuffer>): SoundActions {
  return {
    play: async (signal) => startedSession().preview(await make(learnedModel()), signal),
    save: async () =>
      download(await wavOf(await make(learnedModel())), `${fileNameOf(table.names[component], kind)}.wav`),
  };
}

/** @throws {Error} when there is no model yet */
function learnedModel(): NMFModel {
  const model = session?.separation.node.model;
  if (!model) throw new Error('Learn something first: there are no components yet.');
  return model;
}

/** @throws {Error} (as a rejection) when a live source plays */
async function filteredClips(model: NMFModel): Promise<AudioBuffer[]> {
  const { source, settings } = startedSession();
  if (!source?.clip) throw new Error('A live source has no clip to filter. Play a clip or a file.');
  showStatus('Filtering the clip …');
  const components = await filtered.of(source.clip, model, settings);
  showStatus('The clip is filtered.');
  return components;
}

async function saveModel(): Promise<void> {
  const model = learnedModel();
  const labels = table.names.slice(0, model.components);
  download(modelFileOf(model.withLabels(labels)), `${fileNameOf(...labels.filter(Boolean))}.model.json`);
}

/** Sets the form to the model's number of components, divergence and latency mode, then uses the model. */
async function openModel(file: File): Promise<void> {
  const model = await readModel(file);
  automatic.checked = false;
  const { elements } = form;
  componentsField.value = String(model.components);
  setField(elements.namedItem('divergence'), model.divergence);
  setField(elements.namedItem('latencyHint'), latencyHintOf(model));
  await applySettings();
  await startedSession().separation.node.setModel(model);
  showStatus(`${file.name} is in use.`);
}

function setField(field: Element | RadioNodeList | null, value: string): void {
  if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement) field.value = value;
}

async function exportAll(): Promise<void> {
  const model = learnedModel();
  const { names } = table;
  for (const [k, buffer] of (await filteredClips(model)).entries()) {
    if (!model.componentOf.includes(k)) continue;
    download(await wavOf(buffer), `${fileNameOf(names[k], 'filtered')}.wav`);
  }
}

/** Resolves when the node has the settings of the form. */
async function applySettings(): Promise<void> {
  showSettings();
  await startedSession().change(settingsFrom(form));
}

function showSettings(): void {
  element('components-value', HTMLOutputElement).value = String(settingsFrom(form).components);
}

async function changeSettings(): Promise<void> {
  showSettings();
  if (!form.reportValidity()) return;
  updateLink();
  if (!session) return;
  await applySettings();
  if (automatic.checked) await learnFromClip();
}

function updateLink(): void {
  const grouping = session?.separation.grouping;
  const groups = grouping?.isGrouped ? grouping.groupOf : null;
  history.replaceState(null, '', linkOf(form, { clip: clipId, groups }));
}

/** Applies the link in the address, on loading and whenever its fragment changes. */
async function openLink(): Promise<void> {
  const link = followLink(location.hash, form);
  linkedGroups = link.groups;
  clipId = link.clip;
  showSettings();
  if (!session) return;
  await applySettings();
  await playClip(linkedClip());
}

function linkedClip(): BundledClip {
  return CLIPS.find(({ id }) => id === clipId) ?? CLIPS[0];
}

function onClick(id: string, action: () => Promise<void>): void {
  element(id, HTMLButtonElement).addEventListener('click', () => attempt(action));
}

onClick('start', () => playClip(linkedClip()));
onClick('play', togglePlaying);
onClick('learn-clip', learnFromClip);
onClick('learn-recent', learnFromRecent);
onClick('cancel', async () => session?.separation.cancel());
onClick('visualize', () => visualizer.open());
onClick('visualizer-close', async () => visualizer.close());
element('dismiss', HTMLButtonElement).addEventListener('click', hideError);
form.addEventListener('change', () => attempt(changeSettings));
form.addEventListener('submit', (event) => event.preventDefault());
form.addEventListener('input', showSettings);
listenSwitch.addEventListener('change', () => attempt(async () => session?.setAudible(listenSwitch.checked)));
window.addEventListener('hashchange', () => attempt(openLink));
element('credits', HTMLElement).textContent = CLIPS.map(({ title, credits }) => `${title}: ${credits}.`).join(' ');
showStatus('Press play. Nothing you play leaves this page.');
attempt(openLink);

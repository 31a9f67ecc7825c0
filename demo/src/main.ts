import { type BundledClip, CLIPS, loadClip, loadFile } from './clips.ts';
import { element } from './element.ts';
import { hideError, showError, showStatus } from './messages.ts';
import { SeparationView } from './SeparationView.ts';
import { Session } from './Session.ts';
import { SourcePicker } from './SourcePicker.ts';
import { settingsFrom } from './settings.ts';
import { loopOf, openMicrophone, type Source } from './sources.ts';

const form = element('settings', HTMLFormElement);
const startButton = element('start', HTMLButtonElement);
const playButton = element('play', HTMLButtonElement);
const listenSwitch = element('listen', HTMLInputElement);
const view = new SeparationView();
const picker = new SourcePicker({
  clip: (clip) => attempt(() => playClip(clip)),
  file: (file) => attempt(() => playFile(file)),
  microphone: () => attempt(playMicrophone),
});

/** Made by the first gesture: browsers let no page sound before. */
let session: Session | null = null;

function startedSession(): Session {
  session ??= new Session(settingsFrom(form), (separation, mixer) => view.show(separation, mixer));
  return session;
}

/** Everything that can fail reports it where it can be read. */
function onClick(id: string, action: () => Promise<void>): void {
  element(id, HTMLButtonElement).addEventListener('click', () => attempt(action));
}

async function attempt(action: () => Promise<void>): Promise<void> {
  hideError();
  await action().catch(showError);
}

async function playClip(clip: BundledClip): Promise<void> {
  const { context } = startedSession();
  await play(clip.title, loopOf(await loadClip(clip, context), context));
}

async function playFile(file: File): Promise<void> {
  const { context } = startedSession();
  await play('File …', loopOf(await loadFile(file, context), context));
}

async function playMicrophone(): Promise<void> {
  await play('Microphone', await openMicrophone(startedSession().context));
}

async function play(title: string, source: Source): Promise<void> {
  const running = startedSession();
  await running.resume();
  showRunning();
  picker.mark(title);
  element('learn-clip', HTMLButtonElement).disabled = source.clip === null;
  element('learn-recent', HTMLButtonElement).disabled = false;
  element('listening', HTMLElement).hidden = !source.feedsBack;
  listenSwitch.checked = false;
  await running.play(source);
}

function showRunning(): void {
  const running = session?.context.state === 'running';
  document.body.dataset.playing = String(running);
  playButton.textContent = running ? 'Pause' : 'Play';
  playButton.hidden = false;
  startButton.hidden = true;
}

async function togglePlaying(): Promise<void> {
  const { context } = startedSession();
  await (context.state === 'running' ? startedSession().pause() : startedSession().resume());
  showRunning();
}

onClick('start', () => playClip(CLIPS[0]));
onClick('play', togglePlaying);
onClick('learn-clip', () => startedSession().learnFromClip());
onClick('learn-recent', () => startedSession().learnFromRecent());
onClick('cancel', async () => session?.cancelLearning());
element('dismiss', HTMLButtonElement).addEventListener('click', hideError);
form.addEventListener('change', () => {
  element('components-value', HTMLOutputElement).value = String(settingsFrom(form).components);
  attempt(async () => session?.change(settingsFrom(form)));
});
listenSwitch.addEventListener('change', () => attempt(async () => session?.setAudible(listenSwitch.checked)));
element('credits', HTMLElement).textContent = CLIPS.map(({ title, credits }) => `${title}: ${credits}.`).join(' ');
showStatus('Press play. Nothing you play leaves this page.');

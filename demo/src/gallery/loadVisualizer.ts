import type { Visualizer, VisualizerModule } from './visualizers.ts';

/** Why a visualizer is not here, as a sentence for the user. */
export class NotLoaded extends Error {}

/** What was loaded: it needs no network again. */
const loaded = new Map<Visualizer, VisualizerModule>();

/** Loads a visualizer and the package it is made with. @throws {NotLoaded} (as a rejection) and may be called again then */
export async function loadVisualizer(visualizer: Visualizer): Promise<VisualizerModule> {
  const { id, title, load } = visualizer;
  const known = loaded.get(visualizer);
  if (known) return known;
  await fetchFiles(id).catch((cause) => {
    if (cause instanceof BadAnswer)
      throw new NotLoaded(`${title} could not be loaded: the server answered ${cause.message}. Reload the page.`);
    throw new NotLoaded(`${title} could not be loaded. Without a network only what was opened before is here.`, {
      cause,
    });
  });
  const module = await load();
  loaded.set(visualizer, module);
  return module;
}

/** The status of an answer without the file */
class BadAnswer extends Error {}

/**
 * Workaround 15: when Firefox could not load a module, it does not try again until the page is loaded again. So the files of a
 * module are fetched before it is imported, which then finds them where the service worker or the browser has kept them.
 */
async function fetchFiles(id: string): Promise<void> {
  const files: Record<string, string[]> = await (await fetchFile('gallery/files.json')).json();
  await Promise.all(files[id].map(async (file) => (await fetchFile(file)).arrayBuffer()));
}

async function fetchFile(path: string): Promise<Response> {
  const response = await fetch(path);
  if (!response.ok) throw new BadAnswer(String(response.status));
  return response;
}

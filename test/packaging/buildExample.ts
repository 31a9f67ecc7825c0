// The examples as their users have them: copied, with the packed package installed, and built.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { EXAMPLES, manifestOf } from '../helpers/exampleFolders.ts';
import { makeProject, type Project } from './installed.ts';

/** Copies an example into a project, and builds it where it has a script for it. @param env  more environment variables */
export async function buildExample(name: string, env: Record<string, string> = {}): Promise<Project> {
  const manifest = manifestOf(name);
  const files = manifest ? { 'package.json': JSON.stringify(manifest) } : {};
  const project = await makeProject(name, files, { template: join(EXAMPLES, name) });
  // Vitest's NODE_ENV, `test`, would have a bundler build otherwise.
  const { NODE_ENV: _, ...own } = process.env;
  const options = { cwd: project.folder, env: { ...own, ...env } };
  if (manifest?.scripts?.build) await promisify(execFile)('npm', ['run', 'build'], options);
  return project;
}

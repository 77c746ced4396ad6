import { cp, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../vocabulary/package-root.ts';
import { type AgentFiles, makeAgentFiles } from '../agent-files.ts';

/** A private folder with everything an installed agent has: keys, tokens, policy, state, workspaces. */
export interface DemoFolder extends AgentFiles {
  readonly root: string;
  readonly documents: string;
  readonly outputs: string;
  /** Removes all but the written files: keys, tokens and state are gone. */
  tidy(): Promise<void>;
}

/** @param workspace folder of documents; without one, a copy of this repository's Markdown */
export const makeDemoFolder = async (workspace: string | undefined): Promise<DemoFolder> => {
  const root = await mkdtemp(join(tmpdir(), 'secai-demo-'));
  const outputs = join(root, 'outputs');
  await mkdir(outputs, { mode: 0o700 });
  const documents = workspace ?? (await copyMarkdown(join(root, 'documents')));
  return {
    ...(await makeAgentFiles(root, { documents, outputs })),
    root,
    documents,
    outputs,
    tidy: async () => {
      for (const name of await readdir(root)) {
        if (name !== 'outputs') await rm(join(root, name), { recursive: true, force: true });
      }
    },
  };
};

// Copies, because the agent reads regular files below the workspace only, and the repository also holds
// what is no document.
const copyMarkdown = async (folder: string): Promise<string> => {
  const skipped = /(^|\/)(node_modules|dist|\.git)(\/|$)/;
  await cp(PACKAGE_ROOT, folder, {
    recursive: true,
    filter: (source) => {
      const relative = source.slice(PACKAGE_ROOT.length + 1);
      if (skipped.test(relative)) return false;
      return !/\.[a-z0-9]+$/i.test(relative) || relative.endsWith('.md');
    },
  });
  return folder;
};

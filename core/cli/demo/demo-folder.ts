import { randomBytes } from 'node:crypto';
import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../vocabulary/package-root.ts';

/** A private folder with everything an installed agent has: keys, tokens, policy, state, workspaces. */
export interface DemoFolder {
  readonly root: string;
  readonly documents: string;
  readonly outputs: string;
  readonly socket: string;
  readonly tokenFile: string;
  readonly auditLog: string;
  readonly auditKey: string;
  /** The environment of the agent, and nothing else of ours. */
  readonly env: Readonly<Record<string, string>>;
  /** Removes all but the written files: keys, tokens and state are gone. */
  tidy(): Promise<void>;
}

/** @param workspace folder of documents; without one, a copy of this repository's Markdown */
export const makeDemoFolder = async (workspace: string | undefined): Promise<DemoFolder> => {
  const root = await mkdtemp(join(tmpdir(), 'secai-demo-'));
  const at = (...names: readonly string[]) => join(root, ...names);
  for (const name of ['credentials', 'policy', 'run', 'state', 'logs', 'outputs']) {
    await mkdir(at(name), { mode: 0o700 });
  }
  const credential = async (name: string): Promise<string> => {
    const file = at('credentials', name);
    await writeFile(file, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx' });
    return file;
  };
  const documents = workspace ?? (await copyMarkdown(at('documents')));
  const policy = at('policy', 'agent.yaml');
  await writeFile(policy, policyText(documents, at('outputs')), { mode: 0o600 });
  const tokenFile = await credential('agent-ui.token');
  const auditKey = await credential('agent-audit-hmac.key');
  const auditLog = at('logs', 'agent-audit.jsonl');
  const socket = at('run', 'agent.sock');
  return {
    root,
    documents,
    outputs: at('outputs'),
    socket,
    tokenFile,
    auditLog,
    auditKey,
    env: {
      BIND_ADDR: `unix:${socket}`,
      AGENT_POLICY_PATH: policy,
      AGENT_UI_TOKEN_PATH: tokenFile,
      AGENT_CONTAINMENT_TOKEN_PATH: await credential('agent-containment.token'),
      AGENT_SIGNING_KEY_PATH: await credential('agent-signing.key'),
      AUDIT_HMAC_KEY_PATH: auditKey,
      AUDIT_LOG_PATH: auditLog,
      AGENT_TASK_STATE_PATH: at('state', 'tasks.json'),
    },
    tidy: async () => {
      for (const name of await readdir(root)) {
        if (name !== 'outputs') await rm(at(name), { recursive: true, force: true });
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

const policyText = (documents: string, outputs: string): string =>
  [
    'version: 1',
    'workspaces:',
    `  user_docs: ${JSON.stringify(documents)}`,
    `  outputs: ${JSON.stringify(outputs)}`,
    'workspace:',
    `  readable: [${JSON.stringify(`${documents}/**`)}]`,
    `  writable: [${JSON.stringify(`${outputs}/**`)}]`,
    '',
  ].join('\n');

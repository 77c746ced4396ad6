import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Secret } from './secret.ts';

/** A private agent with what it needs, and the canaries beside it. */
export interface RangeFolder {
  readonly socket: string;
  readonly tokenFile: string;
  readonly auditLog: string;
  /** The file that nothing names to the agent. */
  readonly secretFile: string;
  readonly listener: string;
  /** Where libraries are put for a cell to read. */
  readonly libraries: string;
  /** What must stay as it is. */
  readonly watched: readonly string[];
  readonly secrets: readonly Secret[];
  readonly env: Readonly<Record<string, string>>;
  remove(): Promise<void>;
}

/** Names of the documents: the one that scripts are given, and that of a task before them. */
export const DOCUMENT = 'x.md';
export const OTHER_DOCUMENT = 'other.md';

export const makeRangeFolder = async (): Promise<RangeFolder> => {
  const root = await mkdtemp(join(tmpdir(), 'secai-probe-'));
  const removeNow = (): void => rmSync(root, { recursive: true, force: true });
  process.once('exit', removeNow);
  // A cell is nobody where we are root. The canaries are open to everybody, so that what keeps a cell from
  // them is its wall and not a mode.
  await chmod(root, 0o711);
  const at = (...names: readonly string[]) => join(root, ...names);
  for (const name of ['credentials', 'policy', 'run', 'state', 'logs', 'outputs', 'user_docs']) {
    await mkdir(at(name), { mode: 0o700 });
  }
  await mkdir(at('libraries'));
  await chmod(at('libraries'), 0o755);
  await mkdir(at('outside'));
  await chmod(at('outside'), 0o777);
  const secrets = ['environment', 'file', 'other_task'].map((canary) => ({
    canary,
    text: randomBytes(16).toString('hex'),
  }));
  const [inEnvironment, inFile, inTask] = secrets.map(({ text }) => text);
  const credential = async (name: string): Promise<string> => {
    const file = at('credentials', name);
    await writeFile(file, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600 });
    return file;
  };
  const secretFile = at('outside', 'secret.txt');
  await writeFile(secretFile, `${inFile}\n`);
  await chmod(secretFile, 0o666);
  await writeFile(at('user_docs', OTHER_DOCUMENT), `${inTask}\n`);
  await writeFile(at('user_docs', DOCUMENT), 'an ordinary document\n');
  await writeFile(at('policy', 'agent.yaml'), policyText(at('user_docs'), at('outputs')), {
    mode: 0o600,
  });
  const socket = at('run', 'agent.sock');
  const tokenFile = await credential('agent-ui.token');
  return Object.freeze({
    socket,
    tokenFile,
    auditLog: at('logs', 'agent-audit.jsonl'),
    secretFile,
    libraries: at('libraries'),
    listener: at('outside', 'listener.sock'),
    watched: ['outside', 'user_docs', 'outputs', 'credentials', 'policy'].map((name) => at(name)),
    secrets,
    env: {
      BIND_ADDR: `unix:${socket}`,
      AGENT_POLICY_PATH: at('policy', 'agent.yaml'),
      AGENT_UI_TOKEN_PATH: tokenFile,
      AGENT_CONTAINMENT_TOKEN_PATH: await credential('agent-containment.token'),
      AGENT_SIGNING_KEY_PATH: await credential('agent-signing.key'),
      AUDIT_HMAC_KEY_PATH: await credential('agent-audit-hmac.key'),
      AUDIT_LOG_PATH: at('logs', 'agent-audit.jsonl'),
      AGENT_TASK_STATE_PATH: at('state', 'tasks.json'),
      VAULT_ROOT: at('vault'),
      // What a step writes to its console then stands in the service log, which is searched for secrets.
      SECAI_DEV_MODE: '1',
      SECAI_CANARY: `${inEnvironment}`,
    },
    remove: async () => {
      process.removeListener('exit', removeNow);
      await rm(root, { recursive: true, force: true });
    },
  });
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

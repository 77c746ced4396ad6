import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeAgentFiles } from '../agent-files.ts';
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
  for (const name of ['outputs', 'user_docs']) await mkdir(at(name), { mode: 0o700 });
  await mkdir(at('libraries'));
  await chmod(at('libraries'), 0o755);
  await mkdir(at('outside'));
  await chmod(at('outside'), 0o777);
  const secrets = ['environment', 'file', 'other_task'].map((canary) => ({
    canary,
    text: randomBytes(16).toString('hex'),
  }));
  const [inEnvironment, inFile, inTask] = secrets.map(({ text }) => text);
  const secretFile = at('outside', 'secret.txt');
  await writeFile(secretFile, `${inFile}\n`);
  await chmod(secretFile, 0o666);
  await writeFile(at('user_docs', OTHER_DOCUMENT), `${inTask}\n`);
  await writeFile(at('user_docs', DOCUMENT), 'an ordinary document\n');
  const { socket, tokenFile, auditLog, env } = await makeAgentFiles(root, {
    documents: at('user_docs'),
    outputs: at('outputs'),
  });
  return Object.freeze({
    socket,
    tokenFile,
    auditLog,
    secretFile,
    libraries: at('libraries'),
    listener: at('outside', 'listener.sock'),
    watched: ['outside', 'user_docs', 'outputs', 'credentials', 'policy'].map((name) => at(name)),
    secrets,
    env: {
      ...env,
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

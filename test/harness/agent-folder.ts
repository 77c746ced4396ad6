import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Whatever ends and then cleans up: one test, or with node:test's own `after` a whole file. */
export interface Cleanup {
  readonly after: (clean: () => Promise<void>) => void;
}

/** A private folder with everything an agent needs, removed after the test. */
export interface AgentFolder {
  readonly root: string;
  readonly documents: string;
  readonly outputs: string;
  readonly socket: string;
  readonly policyFile: string;
  readonly auditLog: string;
  readonly auditKey: string;
  readonly stateFolder: string;
  readonly token: string;
  readonly containmentToken: string;
  readonly operatorToken: string;
  readonly operatorTokenFile: string;
  readonly trustFolder: string;
  readonly pluginFolder: string;
  readonly env: Readonly<Record<string, string>>;
}

export interface FolderOptions {
  /** Files below the documents, by relative path. */
  readonly documents?: Readonly<Record<string, string>>;
  /** Uses this folder as `user_docs` instead of one of our own. */
  readonly workspace?: string;
  /** Lines added to the policy file. */
  readonly policy?: string;
  readonly env?: Readonly<Record<string, string>>;
}

// The trust store is there from the start: a folder that is missing when the broker locks itself stays so.
const FOLDERS = 'credentials policy run state logs outputs user_docs trust'.split(' ');

export const makeAgentFolder = async (
  t: Cleanup,
  options: FolderOptions = {},
): Promise<AgentFolder> => {
  const root = await mkdtemp(join(tmpdir(), 'agent-'));
  t.after(() => rm(root, { recursive: true, force: true }));
  const at = (...names: readonly string[]) => join(root, ...names);
  for (const name of FOLDERS) {
    await mkdir(at(name), { mode: 0o700 });
  }
  const secret = async (name: string): Promise<readonly [file: string, value: string]> => {
    const value = randomBytes(32).toString('hex');
    await writeFile(at('credentials', name), `${value}\n`, { mode: 0o600 });
    return [at('credentials', name), value];
  };
  const documents = options.workspace ?? at('user_docs');
  for (const [name, content] of Object.entries(options.documents ?? {})) {
    await mkdir(dirname(join(documents, name)), { recursive: true });
    await writeFile(join(documents, name), content);
  }
  const policyFile = at('policy', 'agent.yaml');
  await writeFile(
    policyFile,
    `version: 1
workspaces:
  user_docs: ${documents}
  outputs: ${at('outputs')}
workspace:
  readable: [${documents}/**]
  writable: [${at('outputs')}/**]
${options.policy ?? ''}`,
    { mode: 0o600 },
  );
  const [uiFile, token] = await secret('agent-ui.token');
  const [operatorFile, operatorToken] = await secret('agent-operator.token');
  const [containmentFile, containmentToken] = await secret('agent-containment.token');
  const [signingFile] = await secret('agent-signing.key');
  const [auditKey] = await secret('agent-audit-hmac.key');
  const auditLog = at('logs', 'agent-audit.jsonl');
  return {
    root,
    documents,
    outputs: at('outputs'),
    socket: at('run', 'agent.sock'),
    policyFile,
    auditLog,
    auditKey,
    stateFolder: at('state'),
    token,
    containmentToken,
    operatorToken,
    operatorTokenFile: operatorFile,
    trustFolder: at('trust'),
    pluginFolder: at('plugins'),
    env: {
      BIND_ADDR: `unix:${at('run', 'agent.sock')}`,
      AGENT_POLICY_PATH: policyFile,
      AGENT_UI_TOKEN_PATH: uiFile,
      AGENT_CONTAINMENT_TOKEN_PATH: containmentFile,
      AGENT_SIGNING_KEY_PATH: signingFile,
      AUDIT_HMAC_KEY_PATH: auditKey,
      AUDIT_LOG_PATH: auditLog,
      AGENT_TASK_STATE_PATH: at('state', 'tasks.json'),
      AGENT_PLUGIN_DIR: at('plugins'),
      AGENT_TRUST_STORE_PATH: at('trust'),
      AGENT_OPERATOR_TOKEN_PATH: operatorFile,
      ...options.env,
    },
  };
};

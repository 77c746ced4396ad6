import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What an installed agent has, in a private folder: keys, tokens, policy, places for state, log and socket. */
export interface AgentFiles {
  readonly socket: string;
  readonly tokenFile: string;
  readonly auditLog: string;
  readonly auditKey: string;
  /** The environment of the agent, and nothing else of ours. */
  readonly env: Readonly<Record<string, string>>;
}

/** Makes the files of an agent with two workspaces, one to read and one to write. */
export const makeAgentFiles = async (
  root: string,
  { documents, outputs }: { readonly documents: string; readonly outputs: string },
): Promise<AgentFiles> => {
  const at = (...names: readonly string[]) => join(root, ...names);
  for (const name of ['credentials', 'policy', 'run', 'state', 'logs']) {
    await mkdir(at(name), { mode: 0o700 });
  }
  const credential = async (name: string): Promise<string> => {
    const file = at('credentials', name);
    await writeFile(file, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx' });
    return file;
  };
  const policy = at('policy', 'agent.yaml');
  await writeFile(policy, policyText(documents, outputs), { mode: 0o600 });
  const tokenFile = await credential('agent-ui.token');
  const auditKey = await credential('agent-audit-hmac.key');
  const auditLog = at('logs', 'agent-audit.jsonl');
  const socket = at('run', 'agent.sock');
  return {
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
      AGENT_PLUGIN_DIR: at('state', 'plugins'),
      AGENT_TRUST_STORE_PATH: at('trust'),
    },
  };
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

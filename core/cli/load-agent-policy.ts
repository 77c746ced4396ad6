import { readFile } from 'node:fs/promises';
import type { AgentPolicy } from '../broker/policy/agent-policy.ts';
import { fromHere } from './command-context.ts';
import { CommandFailure } from './command-failure.ts';
import { EXIT } from './exit-codes.ts';

const DEFAULT_POLICY = '/etc/secure-ai/policy/agent.yaml';

/**
 * The agent's policy file that a command was given, else that of the environment, else the installed one.
 * @throws CommandFailure, AgentError `policy_file`
 */
export const loadAgentPolicy = async (named: string | undefined): Promise<AgentPolicy> => {
  const file = fromHere(named ?? process.env['AGENT_POLICY_PATH'] ?? DEFAULT_POLICY);
  const bytes = await readFile(file).catch(() => {
    throw new CommandFailure(
      EXIT.unreachable,
      `cannot read the policy file \`${file}\`; name another with --policy`,
    );
  });
  // Here and not at the top: what parses documents takes 0.2 s to load, and every command loads this file,
  // `serve` twice over.
  const { parseAgentPolicy } = await import('../broker/policy/parse-agent-policy.ts');
  return parseAgentPolicy(bytes, file);
};

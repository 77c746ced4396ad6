import { AgentError } from '../../../vocabulary/errors.ts';
import type { PeerConfig, ToolFirewallConfig } from '../config.ts';
import { badValue, type Environment, folderOrFile, settingOf } from './values.ts';

const KIND = 'TOOL_FIREWALL';
const POLICY = 'TOOL_FIREWALL_POLICY_PATH';
const TOKEN = 'TOOL_FIREWALL_TOKEN_PATH';

/**
 * Which tool firewall decides; the embedded one unless told.
 * @throws AgentError configuration where the external one is asked for and cannot be called or fed
 */
export const readToolFirewall = (env: Environment, peer: PeerConfig): ToolFirewallConfig => {
  const kind = settingOf(env, KIND) ?? 'embedded';
  const policyPath = folderOrFile(env, POLICY);
  if (kind === 'embedded') return { kind };
  if (kind !== 'external') throw badValue(KIND, kind, 'set `embedded`, `external` or nothing');
  const { url, token } = peer;
  if (token === null) throw missing(TOKEN, 'the file with its bearer token');
  if (policyPath === undefined) throw missing(POLICY, 'the policy file that it loads');
  return { kind, url, token, policyPath };
};

const missing = (variable: string, what: string): AgentError =>
  new AgentError({
    code: 'configuration',
    message: `\`${KIND}=external\` needs \`${variable}\``,
    remedy: `name ${what} in \`${variable}\`, or set \`${KIND}=embedded\``,
  });

import { dirname, join } from 'node:path';
import type { ListenAddress } from '../http/listen-address.ts';
import { chooseLauncher, type LauncherChoice } from './choose-launcher.ts';
import { readAddress } from './config/address.ts';
import { type Allowances, readAllowances } from './config/allowances.ts';
import { LOOPBACK } from './config/loopback.ts';
import { readToolFirewall } from './config/tool-firewall.ts';
import {
  type Environment,
  folderOrFile,
  numberWithin,
  peerUrl,
  settingOf,
} from './config/values.ts';

/** A file that holds a secret, and the variable that names it; null where no variable does. */
export interface SecretSource {
  readonly variable: string;
  readonly path: string;
}

/** A program that the agent may call, and the token for it. */
export interface PeerConfig {
  readonly url: string;
  readonly token: SecretSource | null;
}

/** Which tool firewall decides: the one in this process, or the peer beside it. */
export type ToolFirewallConfig =
  | { readonly kind: 'embedded' }
  | {
      readonly kind: 'external';
      readonly url: string;
      readonly token: SecretSource;
      /** The file that the peer loads its policy from; we write it. */
      readonly policyPath: string;
    };

/** Everything that the environment decides (wire contract section 1), checked. */
export interface Config {
  readonly allow: Allowances;
  readonly address: ListenAddress;
  readonly launcher: LauncherChoice;
  readonly policyPath: string;
  readonly auditLogPath: string;
  readonly vaultRoot: string;
  /** Where the predecessor kept its tasks; a file there is left untouched. */
  readonly legacyTaskPath: string;
  readonly taskDatabasePath: string;
  readonly containmentStatePath: string;
  readonly taskHistoryLimit: number;
  readonly freezeDrainSeconds: number;
  readonly uiToken: SecretSource | null;
  readonly containmentToken: SecretSource | null;
  /** Who may change what the agent runs; nothing stands in for it. */
  readonly operatorToken: SecretSource | null;
  readonly pluginDir: string;
  readonly trustStorePath: string;
  readonly signingKey: SecretSource | null;
  readonly auditKey: SecretSource | null;
  readonly inference: PeerConfig;
  readonly toolFirewall: PeerConfig;
  readonly firewall: ToolFirewallConfig;
  readonly airlock: PeerConfig;
  readonly registry: PeerConfig;
  readonly searchMediator: PeerConfig;
}

const LIB = '/var/lib/secure-ai';
const LEGACY_TOKEN = '/run/secure-ai/credentials/agent.token';

/**
 * The configuration that an environment states.
 * @throws AgentError configuration, naming the variable and what to do
 */
export const readConfig = (env: Environment): Config => {
  const allow = readAllowances(env);
  const address = readAddress(env, allow.devMode);
  const path = (variable: string, fallback: string): string =>
    folderOrFile(env, variable) ?? fallback;
  const secret = (variable: string): SecretSource | null => {
    const file = folderOrFile(env, variable);
    return file === undefined ? null : { variable, path: file };
  };
  const peer = (variable: string, port: number, token: string | null): PeerConfig => ({
    url: peerUrl(env, variable) ?? `http://${LOOPBACK}:${port}`,
    token: token === null ? null : secret(token),
  });

  // One token for every route is the weaker arrangement: it holds only where the predecessor had it, on TCP
  // or in the compose sandbox, and never in place of a variable that is set (wire contract section 5).
  const shared =
    address.kind === 'tcp' || settingOf(env, 'SECURE_AI_DEPLOYMENT_MODE') === 'sandbox';
  const legacy: SecretSource | null = shared
    ? { variable: 'SERVICE_TOKEN_PATH', path: path('SERVICE_TOKEN_PATH', LEGACY_TOKEN) }
    : null;
  const toolFirewall = peer('TOOL_FIREWALL_URL', 8475, 'TOOL_FIREWALL_TOKEN_PATH');
  const legacyTaskPath = path('AGENT_TASK_STATE_PATH', `${LIB}/agent/tasks.json`);

  return {
    allow,
    address,
    launcher: chooseLauncher(env),
    policyPath: path('AGENT_POLICY_PATH', '/etc/secure-ai/policy/agent.yaml'),
    auditLogPath: path('AUDIT_LOG_PATH', `${LIB}/logs/agent-audit.jsonl`),
    vaultRoot: path('VAULT_ROOT', `${LIB}/vault`),
    legacyTaskPath,
    taskDatabasePath: join(dirname(legacyTaskPath), 'tasks.db'),
    containmentStatePath: path('AGENT_CONTAINMENT_STATE_PATH', `${LIB}/agent/containment.json`),
    taskHistoryLimit: numberWithin(env, 'AGENT_TASK_HISTORY_LIMIT', 500, 1, 5000),
    freezeDrainSeconds: numberWithin(env, 'AGENT_FREEZE_DRAIN_TIMEOUT', 35, 1, 60),
    uiToken: secret('AGENT_UI_TOKEN_PATH') ?? legacy,
    containmentToken: secret('AGENT_CONTAINMENT_TOKEN_PATH') ?? legacy,
    operatorToken: secret('AGENT_OPERATOR_TOKEN_PATH'),
    pluginDir: path('AGENT_PLUGIN_DIR', `${LIB}/agent/plugins`),
    trustStorePath: path('AGENT_TRUST_STORE_PATH', '/etc/secure-ai/trust'),
    signingKey: secret('AGENT_SIGNING_KEY_PATH'),
    auditKey: secret('AUDIT_HMAC_KEY_PATH'),
    inference: peer('INFERENCE_URL', 8465, null),
    toolFirewall,
    firewall: readToolFirewall(env, toolFirewall),
    airlock: peer('AIRLOCK_URL', 8490, 'AIRLOCK_TOKEN_PATH'),
    registry: peer('REGISTRY_URL', 8470, 'REGISTRY_TOKEN_PATH'),
    searchMediator: peer('SEARCH_MEDIATOR_URL', 8485, null),
  };
};

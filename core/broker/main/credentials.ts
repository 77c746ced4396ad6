import { AgentError } from '../../vocabulary/errors.ts';
import type { Log } from '../../vocabulary/log.ts';
import { parseAuditKey } from '../audit/audit-key.ts';
import { parseSigningKey } from '../grant/signing-key.ts';
import type { AgentPolicy } from '../policy/agent-policy.ts';
import { parseAgentPolicy } from '../policy/parse-agent-policy.ts';
import type { Config, SecretSource } from './config.ts';
import type { Powers } from './powers.ts';
import { readSecretFile } from './secret-file.ts';
import { readToken } from './token-files.ts';

/** What the broker demands before it does anything: both keys and the policy; the tokens are looked at too. */
export interface Credentials {
  readonly signingKey: Uint8Array;
  readonly auditKey: Uint8Array;
  readonly policy: AgentPolicy;
  /** False in development without a policy file: the defaults hold, and nothing can change them. */
  readonly policyOnDisk: boolean;
}

// What holds in development without a policy file: every default, and nothing in scope.
const NO_SCOPES = 'version: 1\nworkspace: { readable: [], writable: [] }\n';

/**
 * Refuses to start without each of the five files. Only development mode goes on without one, and says so.
 * @throws AgentError `configuration` naming the variable, the file and the fault
 */
export const demandCredentials = (
  config: Config,
  { secrets, program, random }: Pick<Powers, 'secrets' | 'program' | 'random'>,
  log: Log,
): Credentials => {
  const missing = (problem: string): void => {
    if (!config.allow.devMode) {
      throw new AgentError({
        code: 'configuration',
        message: problem,
        remedy: 'provide the file with the right owner and mode, and start again',
      });
    }
    log.error({ problem }, 'DEVELOPMENT MODE: going on without what production demands');
  };
  const key = (source: SecretSource | null, variable: string): Uint8Array => {
    const secret = readSecretFile(source, 'key', variable, secrets);
    if (secret.ok) return secret.bytes;
    missing(secret.problem);
    return Buffer.from(Buffer.from(random(32)).toString('hex'));
  };
  for (const [source, variable] of [
    [config.uiToken, 'AGENT_UI_TOKEN_PATH'],
    [config.containmentToken, 'AGENT_CONTAINMENT_TOKEN_PATH'],
  ] as const) {
    const token = readToken(source, variable, secrets);
    if (!token.ok) missing(token.problem);
  }
  const signingKey = parseSigningKey(key(config.signingKey, 'AGENT_SIGNING_KEY_PATH'));
  const auditKey = parseAuditKey(key(config.auditKey, 'AUDIT_HMAC_KEY_PATH'));
  const bytes = program.readPolicy(config.policyPath);
  if (bytes === undefined) {
    missing(`\`AGENT_POLICY_PATH\` names \`${config.policyPath}\`, which cannot be read`);
  }
  // Who can write the policy decides everything: a change after the start is seen, one before it is not.
  if (bytes !== undefined && program.othersMayWrite(config.policyPath)) {
    missing(
      `\`AGENT_POLICY_PATH\` names \`${config.policyPath}\`, which others may write (at most 0644, owned by root or the agent)`,
    );
  }
  const policy = parseAgentPolicy(bytes ?? NO_SCOPES, config.policyPath);
  return { signingKey, auditKey, policy, policyOnDisk: bytes !== undefined };
};

import schema from '../../../../../schemas/firewall-policy.schema.json' with { type: 'json' };
import { AgentError } from '../../../../vocabulary/errors.ts';
import type { AllowedTool, FirewallPolicy } from '../../../../vocabulary/firewall-policy.ts';
import { makeValidator } from '../../../../vocabulary/parse/ajv.ts';
import { type Position, readYaml } from '../../../../vocabulary/parse/yaml.ts';
import { firstPolicyFault } from './policy-faults.ts';

/** The policy file as it stands on disk: what `schemas/firewall-policy.schema.json` admits. */
interface FirewallPolicyFile {
  readonly version: 1;
  readonly tools: {
    readonly default: 'deny';
    readonly rate_limit?: { readonly requests_per_minute?: number; readonly burst_size?: number };
    readonly allow?: readonly AllowedTool[];
    readonly deny?: readonly { readonly name: string }[];
  };
}

const MOST_BYTES = 1024 * 1024;
const DEFAULT_RATE = { requests_per_minute: 120, burst_size: 20 } as const;
const check = makeValidator<FirewallPolicyFile>(schema);

/**
 * Reads the peers' policy file as strictly as the peer (wire contract section 18): an unknown key, another
 * version or default, a pattern that is no RE2 refuse it whole. The sections of other services are let stand.
 * @param file its name, for messages
 * @throws AgentError `policy_file` with file, line, column, what is wrong and what to do
 */
export const parseFirewallPolicy = (text: string, file: string): FirewallPolicy => {
  // Whoever can write this file decides what tools may do, so it is obeyed or refused and never half read.
  // Stricter than the peer in one thing: `args:` with nothing behind it is refused, for it could mean both.
  const reading = readYaml(text, { maxBytes: MOST_BYTES });
  if (!reading.ok) throw refusal(file, reading, reading.problem);
  const checked = check(reading.value);
  if (!checked.ok) {
    throw refusal(file, reading.locate(checked.path, checked.at), checked.problem);
  }
  const { version, tools } = checked.value;
  const { allow = [], deny = [], rate_limit: rate = {} } = tools;
  const fault = firstPolicyFault(allow);
  if (fault !== undefined) {
    throw refusal(file, reading.locate(['tools', ...fault.path], 'value'), fault.problem);
  }
  return {
    version,
    default: tools.default,
    rate_limit: {
      requests_per_minute: rate.requests_per_minute || DEFAULT_RATE.requests_per_minute,
      burst_size: rate.burst_size || DEFAULT_RATE.burst_size,
    },
    allow,
    deny,
  };
};

const refusal = (file: string, { line, column }: Position, problem: string): AgentError => {
  const remedy =
    'correct this place: schemas/firewall-policy.schema.json says what may stand there';
  return new AgentError({
    code: 'policy_file',
    message: `${file}:${line}:${column}: ${problem}; ${remedy}`,
    remedy,
    details: { file, line, column },
  });
};

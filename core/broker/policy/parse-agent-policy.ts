import schema from '../../../schemas/agent-policy.schema.json' with { type: 'json' };
import { sha256 } from '../../vocabulary/digest.ts';
import type { Mode } from '../../vocabulary/enums.ts';
import { AgentError } from '../../vocabulary/errors.ts';
import { makeValidator } from '../../vocabulary/parse/ajv.ts';
import { type Position, readYaml } from '../../vocabulary/parse/yaml.ts';
import { toPrefix } from '../grant/path-matcher.ts';
import { ALWAYS_DENIED, HARD_APPROVAL } from './action-facts.ts';
import type { AgentPolicy } from './agent-policy.ts';
import { firstFileFault } from './file-faults.ts';
import {
  DEFAULT_APPROVAL_SECONDS,
  DEFAULT_BUDGETS,
  DEFAULT_CEILINGS,
  DEFAULT_ONLINE,
  DEFAULT_WORKSPACES,
} from './policy-defaults.ts';
import type { PolicyFile } from './policy-file.ts';

const MOST_BYTES = 65_536;
const check = makeValidator<PolicyFile>(schema);

/**
 * Reads the policy file (wire contract section 9). It is obeyed or refused: nothing in it is ignored.
 * @param source the file's bytes, or a text that stands for its UTF-8
 * @param file the file's name, for messages
 * @throws AgentError `policy_file` with file, line, column, what is wrong and what to do
 */
export const parseAgentPolicy = (source: string | Uint8Array, file: string): AgentPolicy => {
  const bytes = Buffer.from(source);
  const reading = readYaml(decode(bytes, file), { maxBytes: MOST_BYTES });
  if (!reading.ok) throw refusal(file, reading, reading.problem);

  const checked = check(reading.value);
  if (!checked.ok) {
    throw refusal(file, reading.locate(checked.path, checked.at), checked.problem);
  }
  const fault = firstFileFault(checked.value);
  if (fault !== undefined) {
    throw refusal(file, reading.locate(fault.path, 'value'), fault.problem, fault.remedy);
  }
  return toPolicy(checked.value, bytes);
};

const toPolicy = (content: PolicyFile, bytes: Uint8Array): AgentPolicy => ({
  version: content.version,
  defaultMode: content.default_mode ?? 'standard',
  budgets: forEachMode((mode) => ({ ...(content.budgets?.[mode] ?? DEFAULT_BUDGETS[mode]) })),
  readable: prefixes(content.workspace.readable),
  writable: prefixes(content.workspace.writable),
  workspaces: new Map(Object.entries(content.workspaces ?? DEFAULT_WORKSPACES)),
  allowedTools: content.allowed_tools ?? [],
  configurableDefaults: {
    read_file: 'ask',
    write_file: 'ask',
    overwrite_file: 'ask',
    tool_invoke: 'ask',
    ...content.configurable_defaults,
  },
  alwaysDeny: [...new Set([...ALWAYS_DENIED, ...(content.always_deny ?? [])])],
  hardApproval: [...new Set([...HARD_APPROVAL, ...(content.hard_approval ?? [])])],
  online: forEachMode((mode) => content.modes?.[mode]?.online ?? DEFAULT_ONLINE[mode]),
  ceilings: forEachMode(
    (mode) => content.modes?.[mode]?.sensitivity_ceiling ?? DEFAULT_CEILINGS[mode],
  ),
  autoReads: content.auto_reads ?? 'allow',
  approvalTtlSeconds: content.approval_ttl_seconds ?? DEFAULT_APPROVAL_SECONDS,
  logging: {
    policyDecisions: content.logging?.log_policy_decisions ?? true,
    stepActions: content.logging?.log_step_actions ?? true,
    filePaths: content.logging?.log_file_paths ?? false,
    rawPrompts: false,
    rawContent: false,
  },
  worker: { sensitiveModeRecycle: true, tmpfsScratch: true, noAmbientSecrets: true },
  index: { atRest: false },
  digest: sha256(bytes),
});

// INVARIANT: each pattern has a prefix, or `firstFileFault` would have refused the file.
const prefixes = (patterns: readonly string[]): readonly string[] => [
  ...new Set(patterns.flatMap((pattern) => toPrefix(pattern) ?? [])),
];

const forEachMode = <Value>(of: (mode: Mode) => Value): Readonly<Record<Mode, Value>> => ({
  offline_only: of('offline_only'),
  standard: of('standard'),
  online_assisted: of('online_assisted'),
  sensitive: of('sensitive'),
});

// Bytes that are no UTF-8 would be read as something that the digest does not cover. A line feed is part
// of no longer sequence, so the faulty line is found by decoding each alone.
const decode = (bytes: Buffer, file: string): string => {
  const strict = new TextDecoder('utf-8', { fatal: true });
  const isText = (part: Uint8Array): boolean => {
    try {
      strict.decode(part);
      return true;
    } catch {
      return false;
    }
  };
  if (isText(bytes)) return strict.decode(bytes);
  let line = 1;
  for (let start = 0; start < bytes.length; line += 1) {
    const feed = bytes.indexOf(0x0a, start);
    const end = feed < 0 ? bytes.length : feed;
    if (!isText(bytes.subarray(start, end))) break;
    start = end + 1;
  }
  throw refusal(file, { line, column: 1 }, 'this line is not UTF-8', 'save the file as UTF-8');
};

const refusal = (
  file: string,
  { line, column }: Position,
  problem: string,
  remedy = 'correct this place: schemas/agent-policy.schema.json says what may stand there',
): AgentError =>
  new AgentError({
    code: 'policy_file',
    message: `${file}:${line}:${column}: ${problem}; ${remedy}`,
    remedy,
    details: { file, line, column },
  });

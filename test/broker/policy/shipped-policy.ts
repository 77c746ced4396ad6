import type { AgentPolicy } from '../../../core/broker/policy/agent-policy.ts';
import { parseAgentPolicy } from '../../../core/broker/policy/parse-agent-policy.ts';

/** A policy file with the keys and values that the predecessor ships (wire contract section 9). */
export const SHIPPED = `version: 1
default_mode: "standard"
budgets:
  standard:
    max_steps: 30
    max_tool_calls: 80
    max_tokens: 32000
    max_wall_clock_seconds: 600
    max_files_touched: 20
    max_output_bytes: 1048576
  offline_only:
    max_steps: 20
    max_tool_calls: 50
    max_tokens: 32000
    max_wall_clock_seconds: 300
    max_files_touched: 20
    max_output_bytes: 1048576
  online_assisted:
    max_steps: 30
    max_tool_calls: 80
    max_tokens: 32000
    max_wall_clock_seconds: 600
    max_files_touched: 20
    max_output_bytes: 1048576
  sensitive:
    max_steps: 10
    max_tool_calls: 20
    max_tokens: 16000
    max_wall_clock_seconds: 120
    max_files_touched: 5
    max_output_bytes: 524288
workspace:
  readable:
    - "/var/lib/secure-ai/vault/user_docs/**"
  writable:
    - "/var/lib/secure-ai/vault/outputs/**"
allowed_tools:
  - "filesystem.read"
  - "filesystem.write"
  - "filesystem.list"
configurable_defaults:
  read_file: ask
  write_file: ask
  overwrite_file: ask
  tool_invoke: ask
always_deny:
  - change_security
hard_approval:
  - outbound_request
  - export_data
  - trust_change
  - batch_delete
  - widen_scope
  - enable_tool
worker:
  sensitive_mode_recycle: true
  tmpfs_scratch: true
  no_ambient_secrets: true
logging:
  log_policy_decisions: true
  log_step_actions: true
  log_raw_prompts: false
  log_raw_content: false
  log_file_paths: false
`;

/** The shipped file with each edit made once; an edit that matches nothing is a mistake in the test. */
export const edited = (...edits: readonly (readonly [from: string, to: string])[]): string =>
  edits.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`the shipped file does not contain ${from}`);
    return text.replace(from, to);
  }, SHIPPED);

export const policyFrom = (text: string): AgentPolicy => parseAgentPolicy(text, 'agent.yaml');

/** The shipped file with its two folders elsewhere, and the workspaces that then have to be named. */
export const shippedAt = (documents: string, outputs: string): string =>
  edited(
    ['/var/lib/secure-ai/vault/user_docs', documents],
    ['/var/lib/secure-ai/vault/outputs', outputs],
    [
      'allowed_tools:',
      `workspaces:\n  user_docs: ${documents}\n  outputs: ${outputs}\nallowed_tools:`,
    ],
  );

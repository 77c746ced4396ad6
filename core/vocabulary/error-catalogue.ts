/** Whose fault a failure is: what a caller can mend, what the broker must, what a plugin did. */
export type Fault = 'caller' | 'broker' | 'plugin';

export interface ErrorFacts {
  /** HTTP status when it ends a request; a step's failure is data inside a 200. */
  readonly status: number;
  readonly fault: Fault;
  /** True when the same request may succeed later without a change. */
  readonly retryable: boolean;
  readonly remedy: string | null;
}

/** status, fault, remedy, retryable. */
type ErrorRow = readonly [number, Fault, (string | null)?, boolean?];

/** Every way in which this program says no. One row a code; HTTP statuses come from here alone. */
export const ERRORS = {
  // requests
  unauthorized: [401, 'caller', 'send the bearer token of this route'],
  auth_unavailable: [503, 'broker', 'restore the token file', true],
  forbidden_origin: [403, 'caller', 'call from a program on this machine, not from a web page'],
  invalid_request: [400, 'caller'],
  not_found: [404, 'caller'],
  method_not_allowed: [405, 'caller', 'use a method of the allow header'],
  body_too_large: [413, 'caller', 'send at most 64 KiB'],
  headers_too_large: [431, 'caller', 'send fewer and shorter headers'],
  request_timeout: [408, 'caller', 'send the whole request within its time'],
  internal: [500, 'broker'],
  // tasks
  task_not_found: [404, 'caller'],
  step_not_found: [404, 'caller'],
  task_conflict: [409, 'caller', 'read the task again'],
  inputs_not_ready: [409, 'caller', 'wait until the step is approvable', true],
  approval_stale: [409, 'caller', 'read the task again and approve what it shows now'],
  capability_invalid: [403, 'caller', 'submit the task again'],
  policy_changed: [503, 'broker', 'restart the agent to load the changed policy'],
  capability_unavailable: [503, 'broker', 'restore the signing key'],
  unplannable: [422, 'caller', 'name what to do: search, read, summarize, report or write'],
  plan_invalid: [422, 'caller', 'state a smaller or simpler intent'],
  capacity: [429, 'caller', 'submit again later', true],
  containment_unavailable: [503, 'broker', 'stop the service to stop the agent'],
  // availability: each of these refuses, none is bypassed
  log_unavailable: [503, 'broker', 'make the audit log writable and restart'],
  store_unavailable: [503, 'broker', 'make the task store writable and restart'],
  sandbox_unavailable: [503, 'broker', 'read the service log for why no cell starts'],
  configuration: [500, 'broker'],
  policy_file: [500, 'broker', 'correct the policy file at the place named'],
  manifest: [500, 'plugin', 'correct the manifest at the place named'],
  // plugins: packages, signatures, trust states
  plugin_unsigned: [403, 'caller', 'sign the package with keys of the trust store'],
  signature_invalid: [403, 'caller', 'sign the package again'],
  signature_expired: [403, 'caller', 'sign the package again with a later expiry'],
  key_revoked: [403, 'caller', 'sign the package with a key that is not revoked'],
  package_tampered: [403, 'caller', 'build and sign the package again'],
  package_invalid: [400, 'caller', 'build the package again'],
  version_not_newer: [409, 'caller', 'give the package a higher version'],
  not_vetted: [403, 'caller', 'vet the package and install it with the verdict'],
  widening_unapproved: [409, 'caller', 'read the difference and approve it by its digest'],
  plugin_not_found: [404, 'caller', 'list the installed plugins'],
  plugin_state: [409, 'caller', 'look at the state of the plugin'],
  plugin_conflict: [409, 'caller', 'disable the plugin that has this name'],
  trust_store: [500, 'broker', 'correct the trust store at the place named'],
  // tools: one answer to a guest, three codes in the log
  tool_unavailable: [403, 'plugin', 'name a tool that this task may use'],
  tool_not_enabled: [403, 'caller', 'install and enable the plugin of the tool'],
  tool_not_granted: [403, 'caller', 'name the tool under allowed_tools of the policy file'],
  firewall_denied: [403, 'caller', 'call the tool as its manifest says'],
  firewall_unavailable: [503, 'broker', 'restore the tool firewall', true],
  // how a step ends when it does not complete
  revoked: [409, 'broker', 'look at the state of the plugin'],
  policy_denied: [403, 'caller'],
  approval_expired: [409, 'caller', 'submit the task again and answer in time'],
  denied_by_user: [409, 'caller'],
  cancelled: [409, 'caller'],
  budget_exceeded: [409, 'caller', 'split the task'],
  input_failed: [409, 'caller', 'look at the step that it depends on'],
  input_invalid: [400, 'caller', 'state the intent so that each input fits'],
  output_invalid: [500, 'plugin'],
  cpu: [500, 'plugin'],
  wall: [500, 'plugin'],
  memory: [500, 'plugin'],
  crash: [500, 'plugin'],
  result_too_large: [500, 'plugin'],
  argument_too_large: [500, 'plugin'],
  too_many_calls: [500, 'plugin'],
  guest_error: [500, 'plugin'],
  violation: [500, 'plugin', 'do not trust this plugin until it is vetted again'],
  quarantined: [503, 'plugin', 'vet the plugin; restart the agent to lift it'],
  interrupted: [409, 'broker', 'submit the task again'],
  unknown_outcome: [409, 'broker', 'look whether the effect happened before repeating it'],
  // gateways: one answer for missing, out of scope and of the wrong kind (attack 116)
  not_available: [404, 'plugin', 'name a file or folder inside the scope of the task'],
  already_exists: [409, 'caller', 'overwrite the file explicitly or choose another name'],
  too_large: [413, 'caller', 'use a smaller file'],
  above_ceiling: [403, 'caller', 'run the task in a mode whose ceiling covers the file'],
  not_approved_bytes: [403, 'plugin'],
  storage_failed: [500, 'broker', null, true],
} as const;

export type ErrorCode = keyof typeof ERRORS;

const ROWS: Readonly<Record<ErrorCode, ErrorRow>> = ERRORS;

export const factsOf = (code: ErrorCode): ErrorFacts => {
  const [status, fault, remedy = null, retryable = false] = ROWS[code];
  return { status, fault, retryable, remedy };
};

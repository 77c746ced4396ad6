/** Every environment variable that the program reads, and what it decides. */
export const VARIABLES: ReadonlyMap<string, Effect> = new Map([
  ['AGENT_CONTAINMENT_STATE_PATH', 'place'],
  ['AGENT_CONTAINMENT_TOKEN_PATH', 'place'],
  ['AGENT_FREEZE_DRAIN_TIMEOUT', 'number'],
  ['AGENT_OPERATOR_TOKEN_PATH', 'place'],
  ['AGENT_PLUGIN_DIR', 'place'],
  ['AGENT_POLICY_PATH', 'place'],
  ['AGENT_SIGNING_KEY_PATH', 'place'],
  ['AGENT_TASK_HISTORY_LIMIT', 'number'],
  ['AGENT_TASK_STATE_PATH', 'place'],
  ['AGENT_TRUST_STORE_PATH', 'place'],
  ['AGENT_UI_TOKEN_PATH', 'place'],
  ['AIRLOCK_TOKEN_PATH', 'place'],
  ['AIRLOCK_URL', 'place'],
  ['AUDIT_HMAC_KEY_PATH', 'place'],
  ['AUDIT_LOG_PATH', 'place'],
  ['BIND_ADDR', 'place'],
  ['INFERENCE_URL', 'place'],
  ['INIT_CWD', 'place'],
  // Set by systemd: a start under it is judged more strictly.
  ['INVOCATION_ID', 'place'],
  ['REGISTRY_TOKEN_PATH', 'place'],
  ['REGISTRY_URL', 'place'],
  ['SEARCH_MEDIATOR_URL', 'place'],
  ['SECAI_ALLOW_EPHEMERAL_AGENT_KEYS', 'weakens'],
  ['SECAI_ALLOW_INSECURE_NO_AUTH', 'weakens'],
  ['SECAI_ALLOW_MISSING_AGENT_POLICY', 'weakens'],
  ['SECAI_ALLOW_WEAK_SANDBOX', 'weakens'],
  ['SECAI_CANARY', 'bait'],
  ['SECAI_CELL_SOCKET', 'place'],
  ['SECAI_DEV_MODE', 'weakens'],
  ['SECAI_SERVICE_UNIT', 'place'],
  // Whether the older, shared token counts.
  ['SECURE_AI_DEPLOYMENT_MODE', 'place'],
  ['SERVICE_TOKEN_PATH', 'place'],
  ['TOOL_FIREWALL', 'place'],
  ['TOOL_FIREWALL_POLICY_PATH', 'place'],
  ['TOOL_FIREWALL_TOKEN_PATH', 'place'],
  ['TOOL_FIREWALL_URL', 'place'],
  ['VAULT_ROOT', 'place'],
]);

/** Every word of a command line, ours and the engine's. */
export const OPTIONS: ReadonlyMap<string, Effect> = new Map([
  ['--all', 'client'],
  // Sets SECAI_ALLOW_WEAK_SANDBOX, and so needs development mode too.
  ['--allow-weak-sandbox', 'weakens'],
  // The digest of the difference that an operator read; the broker compares it.
  ['--approve', 'client'],
  ['--audit', 'place'],
  ['--case', 'client'],
  ['--cases', 'place'],
  ['--check', 'client'],
  ['--core', 'number'],
  // How much of the corpus a vetting runs; the report states it.
  ['--corpus', 'number'],
  ['--expires', 'client'],
  ['--help', 'client'],
  ['--id', 'client'],
  ['--init', 'client'],
  ['--json', 'client'],
  ['--junit', 'client'],
  ['--key', 'place'],
  ['--limit', 'client'],
  ['--lines', 'client'],
  ['--listen', 'place'],
  ['--log', 'place'],
  ['--mode', 'client'],
  ['--operator-token-file', 'place'],
  ['--out', 'place'],
  ['--owned', 'client'],
  ['--policy', 'place'],
  ['--preference', 'client'],
  // Given to the compiler that checks an author's types.
  ['--pretty', 'client'],
  ['--profile', 'client'],
  // What cells of an examination read besides the program; no broker gives it.
  ['--readable', 'place'],
  // Where the tool firewall that runs alone looks paths up; the one in the broker has no such word.
  ['--root', 'place'],
  ['--seed', 'client'],
  // Given to the cells of `plugin test`: cases of one author share a process, as under `standard`.
  ['--shared', 'client'],
  ['--socket', 'place'],
  ['--token-file', 'place'],
  ['--trust', 'place'],
  ['--verdict', 'place'],
  ['--wait', 'client'],
  // Given by the broker to its spawner and by that to its cells, where the start was a weak one.
  ['--weak', 'weakens'],
  ['--workspace', 'client'],
  ['--write', 'client'],
  ['--yes', 'client'],
  ['--disable-proto', 'engine'],
  ['--disable-sigusr1', 'engine'],
  ['--jitless', 'engine'],
  ['--max-old-space-size', 'engine'],
  ['--max-semi-space-size', 'engine'],
  ['--no-node-snapshot', 'engine'],
  ['--version', 'engine'],
]);

/** Capitals with a low line that are no variables: error codes of the engine, words of other formats. */
export const NO_VARIABLE: RegExp = /^(ERR_|HPE_|SCMP_|QUOTE_DOUBLE$|SECAI_PLUGIN_VETTED$)/;

/**
 * `place`: where a file, folder or peer is; what lies there is checked as ever. `number`: clamped to a
 * range. `client`: what a client sends, which the broker judges. `engine`: given to a process of ours,
 * and makes it narrower. `bait`: planted by `probe`, and read by nobody. `weakens`: takes something away, and only in development.
 */
export type Effect = 'place' | 'number' | 'client' | 'engine' | 'bait' | 'weakens';

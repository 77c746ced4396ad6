/** The `tools:` section of the peers' policy file, field by field (wire contract section 18). */
export interface FirewallPolicy {
  readonly version: 1;
  /** Only `deny` is valid. */
  readonly default: 'deny';
  readonly rate_limit: { readonly requests_per_minute: number; readonly burst_size: number };
  readonly allow: readonly AllowedTool[];
  readonly deny: readonly { readonly name: string }[];
}

export interface AllowedTool {
  readonly name: string;
  /** Where given, a complete list: an argument that is not on it is refused. An empty one allows none. */
  readonly args?: readonly ToolArgument[];
  /** Absolute paths; one that ends in `/**` is everything below a folder. */
  readonly paths_allowlist?: readonly string[];
  readonly paths_denylist?: readonly string[];
  /** Texts that no argument may hold, whatever their case. */
  readonly args_blocklist?: readonly string[];
  /** UTF-8 bytes of an argument without a rule of its own. */
  readonly max_arg_length?: number;
}

export interface ToolArgument {
  readonly name: string;
  readonly type: 'string' | 'boolean' | 'number' | 'integer' | 'object' | 'array';
  readonly required?: boolean;
  readonly max_length?: number;
  /** RE2, unanchored. */
  readonly pattern?: string;
  /** True where the value stands in no log. */
  readonly redact?: boolean;
}

import { byCodePoint } from '../../vocabulary/canonical.ts';
import type { AllowedTool, FirewallPolicy } from '../../vocabulary/firewall-policy.ts';
import type { Finding, InstalledStep, Schema } from '../../vocabulary/manifest.ts';
import { isPathName } from '../gateway/firewall/rules/argument-names.ts';
import { feedObstacles } from './firewall-feed/feed-obstacles.ts';
import { MOST_ARGUMENT_BYTES, mostBytes } from './firewall-feed/most-bytes.ts';
import {
  type FeedScopes,
  MOST_PATH_BYTES,
  rootsOf,
  type ToolParameter,
  toolArgument,
} from './firewall-feed/tool-argument.ts';

export interface FeedOptions {
  /** What no task may touch, whatever its scopes: it becomes the deny list of each tool's paths. */
  readonly blocked?: readonly string[];
  readonly rateLimit?: FirewallPolicy['rate_limit'];
  /** Names that no plugin may offer. */
  readonly deny?: readonly string[];
}

export interface FirewallFeed {
  readonly policy: FirewallPolicy;
  /** Tools that the policy does not allow because the firewall could not hold them, and why. */
  readonly withheld: readonly { readonly tool: string; readonly findings: readonly Finding[] }[];
}

/** What the peers' shipped policy has (wire contract section 18). */
const RATE = { requests_per_minute: 120, burst_size: 20 } as const;
const DENY = ['filesystem.delete', 'network.fetch', 'process.spawn', 'shell.exec'] as const;

/**
 * The tool firewall's policy from the manifests of the enabled tools: the same text for the same tools, in
 * whatever order they come. A valid call passes if it keeps within what the peer can read at all (64 KiB, 4096
 * items, 10 000 values).
 */
export const feedFirewall = (
  tools: readonly InstalledStep[],
  scopes: FeedScopes,
  { blocked = [], rateLimit = RATE, deny = DENY }: FeedOptions = {},
): FirewallFeed => {
  const sorted = tools
    .filter(({ kind }) => kind === 'tool')
    .toSorted((a, b) => byCodePoint(a.entry, b.entry));
  const allow: AllowedTool[] = [];
  const withheld: { tool: string; findings: readonly Finding[] }[] = [];
  for (const tool of sorted) {
    const parameters = parametersOf(tool);
    const findings = feedObstacles(tool, parameters, { scopes, deny });
    if (findings.length > 0) withheld.push({ tool: tool.entry, findings });
    else allow.push(allowedTool(tool.entry, parameters, scopes, blocked));
  }
  const policy: FirewallPolicy = {
    version: 1,
    default: 'deny',
    rate_limit: rateLimit,
    allow,
    deny: deny.toSorted(byCodePoint).map((name) => ({ name })),
  };
  return { policy, withheld };
};

/** The policy of `feedFirewall` alone. */
export const firewallPolicyFor = (
  tools: readonly InstalledStep[],
  scopes: FeedScopes,
  options: FeedOptions = {},
): FirewallPolicy => feedFirewall(tools, scopes, options).policy;

const parametersOf = ({ input, annotations }: InstalledStep): readonly ToolParameter[] =>
  [...input.properties].map(([name, schema]) => ({
    name,
    schema,
    required: input.required.includes(name),
    annotation: annotations.find(({ parameter }) => parameter === name),
  }));

const allowedTool = (
  name: string,
  parameters: readonly ToolParameter[],
  scopes: FeedScopes,
  blocked: readonly string[],
): AllowedTool => {
  const reach = (parameter: ToolParameter): readonly string[] | undefined =>
    parameter.annotation && rootsOf(parameter.annotation, scopes);
  // The peer holds to its lists only what a path's name gives away, and refuses every call without such an
  // argument. So a tool has lists where one is required; each other file is held by a pattern.
  const paths = parameters.filter((parameter) => isPathName(parameter.name));
  const listed = paths.some(({ required }) => required);
  const roots = [...new Set(paths.flatMap((parameter) => reach(parameter) ?? []))].toSorted(
    byCodePoint,
  );
  const isHeld = (parameter: ToolParameter): boolean =>
    listed && paths.includes(parameter) && roots.every((root) => reach(parameter)?.includes(root));
  const barred = blocked.filter((path) => roots.some((root) => overlaps(root, path)));
  return {
    name,
    args: parameters.flatMap(
      (parameter) => toolArgument(parameter, scopes, isHeld(parameter)) ?? [],
    ),
    ...(listed ? { paths_allowlist: roots.length === 0 ? NOWHERE : roots.flatMap(within) } : {}),
    ...(listed && barred.length > 0
      ? { paths_denylist: [...new Set(barred)].toSorted(byCodePoint) }
      : {}),
    max_arg_length: Math.max(
      1,
      ...parameters.map((parameter) => longest(parameter.schema, reach(parameter) !== undefined)),
    ),
  };
};

const longest = (schema: Schema, isResource: boolean): number => {
  if (!isResource) return mostBytes(schema);
  return 'type' in schema && schema.type === 'string' ? MOST_PATH_BYTES : MOST_ARGUMENT_BYTES;
};

// An empty list would allow every path.
const NOWHERE: readonly string[] = ['/dev/null/**'];

const within = (root: string): readonly string[] => [root, `${root}/**`];

const overlaps = (a: string, b: string): boolean =>
  a === b || a.startsWith(`${b}/`) || b.startsWith(`${a}/`);

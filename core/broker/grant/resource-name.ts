import { byCodePoint } from '../../vocabulary/canonical.ts';
import { AgentError } from '../../vocabulary/errors.ts';
import { covers, isCanonical } from './path-matcher.ts';
import { MAX_PATH_BYTES, relativeProblem } from './path-segment.ts';

/** Where a name leads, decided once; or why it leads nowhere. */
export type ResolvedName =
  | {
      readonly ok: true;
      readonly root: string;
      readonly relative: string;
      readonly absolute: string;
      readonly display: string;
    }
  | { readonly ok: false; readonly reason: string };

export interface Resolver {
  /** A name in a request or plan: `<workspace id>/<relative>`, a workspace id, or an absolute path. */
  readonly resolve: (name: unknown) => ResolvedName;
}

/**
 * The one resolver of names (architecture, "What names a file"). The same file has one resolved form
 * however it was named: the longest root that covers it, and the display of the longest workspace.
 * @throws AgentError configuration for a root that is not canonical
 */
export const makeResolver = (
  workspaces: ReadonlyMap<string, string>,
  extraRoots: readonly string[],
): Resolver => {
  const named = [...workspaces].sort(([a], [b]) => byCodePoint(a, b));
  const roots = [...new Set([...named.map(([, root]) => root), ...extraRoots])];
  for (const root of roots) {
    if (!isCanonical(root))
      throw new AgentError({
        code: 'configuration',
        message: 'a scope root is not a canonical absolute path',
      });
  }

  const displayOf = (absolute: string): string => {
    const root = longestCovering(
      named.map(([, folder]) => folder),
      absolute,
    );
    const id = named.find(([, folder]) => folder === root)?.[0];
    return id === undefined || root === undefined
      ? absolute
      : `${id}${absolute.slice(root.length)}`;
  };

  const resolve = (name: unknown): ResolvedName => {
    if (typeof name !== 'string') return refused('not a string');
    const parsed = name.startsWith('/') ? name.slice(1) : name;
    const problem = relativeProblem(parsed);
    if (problem !== undefined) return refused(problem);
    const absolute = name.startsWith('/') ? name : belowWorkspace(workspaces, name);
    if (absolute === undefined) return refused('no such workspace');
    if (Buffer.byteLength(absolute) > MAX_PATH_BYTES) return refused('path too long');
    const root = longestCovering(roots, absolute);
    if (root === undefined) return refused('outside every scope');
    const relative = absolute.slice(root.length + 1);
    return { ok: true, root, relative, absolute, display: displayOf(absolute) };
  };
  return Object.freeze({ resolve });
};

const refused = (reason: string): ResolvedName => ({ ok: false, reason });

const belowWorkspace = (
  workspaces: ReadonlyMap<string, string>,
  name: string,
): string | undefined => {
  const slash = name.indexOf('/');
  const root = workspaces.get(slash === -1 ? name : name.slice(0, slash));
  return root === undefined ? undefined : root + (slash === -1 ? '' : name.slice(slash));
};

const longestCovering = (roots: readonly string[], absolute: string): string | undefined =>
  roots
    .filter((root) => covers(root, absolute))
    .reduce<string | undefined>(
      (best, root) => (best === undefined || root.length > best.length ? root : best),
      undefined,
    );

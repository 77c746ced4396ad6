import type { AllowedTool } from '../../../../vocabulary/firewall-policy.ts';
import { type Argument, type ArgumentObject, encodeArgument } from '../request/argument.ts';
import { isPathName } from '../rules/argument-names.ts';
import { listsPaths } from '../rules/check-arguments.ts';
import { cleanPath, decodePath } from './decode-path.ts';

/** Follows the links of a clean absolute path; undefined where that cannot be told. */
export type ResolvePath = (path: string) => Promise<string | undefined>;

/** The first path rule that a call breaks (wire contract sections 18, 32.18). */
export const pathFault = async (
  params: ArgumentObject,
  tool: AllowedTool,
  resolve: ResolvePath,
): Promise<string | undefined> => {
  // An argument of a path's name is a path, declared or not, and must be one. What lies behind it may change
  // after the verdict; the gateway that opens it decides for itself, on the descriptor of a scope.
  let found = false;
  for (const [name, value] of params) {
    if (!isPathName(name)) continue;
    found = true;
    const raw = asText(value);
    if (raw === '') return 'path parameter must not be empty';
    const reading = decodePath(raw);
    if (!reading.ok) return `invalid path: ${reading.problem}`;
    const path = await resolve(reading.path);
    if (path === undefined) return 'invalid path: cannot resolve path';
    if (tool.paths_denylist?.some((pattern) => matchesPath(path, pattern)) === true) {
      return 'path matches denylist';
    }
    const allowed = tool.paths_allowlist ?? [];
    if (allowed.length > 0 && !allowed.some((pattern) => matchesPath(path, pattern))) {
      return 'path not in allowlist';
    }
  }
  return listsPaths(tool) && !found ? 'required path parameter missing' : undefined;
};

// True where a pattern of a path list covers a path: the path itself, and all below it.
const matchesPath = (path: string, pattern: string): boolean => {
  const prefix = pattern.replace(/\/?\*\*$/, '');
  // A pattern without a folder before its stars covers nothing: one slip must not open the whole disk.
  if (!prefix.startsWith('/')) return false;
  const folder = cleanPath(prefix);
  return path === folder || path.startsWith(`${folder}/`);
};

const asText = (value: Argument): string => {
  if (value === null) return '';
  return typeof value === 'string' ? value : encodeArgument(value);
};

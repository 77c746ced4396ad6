import { AgentError } from '../../../vocabulary/errors.ts';

const VERSION = /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$/;

/**
 * Below 0, 0 or above 0: the order of two versions of three numbers each.
 * @throws AgentError `package_invalid` for what is no such version
 */
export const compareVersions = (a: string, b: string): number => {
  const left = partsOf(a);
  const right = partsOf(b);
  for (const [place, part] of left.entries()) {
    const other = right[place] ?? 0n;
    if (part !== other) return part < other ? -1 : 1;
  }
  return 0;
};

/**
 * Refuses a version that is not above the installed one: an older one has the faults that were mended
 * since, and the same one with other bytes is not the same (attack 142).
 * @throws AgentError `version_not_newer`
 */
export const assertNewer = (candidate: string, installed: string): void => {
  if (compareVersions(candidate, installed) > 0) return;
  throw new AgentError({
    code: 'version_not_newer',
    message: `version \`${candidate}\` is not above \`${installed}\`, which was installed before`,
  });
};

// Numbers of any length, so that none is rounded into its neighbour.
const partsOf = (version: string): readonly bigint[] => {
  const parts = VERSION.exec(version)?.slice(1);
  if (parts !== undefined) return parts.map(BigInt);
  throw new AgentError({
    code: 'package_invalid',
    message: `version \`${version.replace(/[^ -~]|`/g, '?').slice(0, 40)}\` is not three numbers`,
  });
};

import { compareVersions, majorOf } from './compare-versions.ts';
import { faultsOf } from './known-bad.ts';

/** A month: long enough to try a release, short enough that a hole in an engine is not open for a season. */
export const MOST_DAYS_BEHIND = 30;
const DAY_MS = 24 * 60 * 60 * 1000;

export interface Verdict {
  readonly state: 'current' | 'behind' | 'late' | 'bad';
  readonly text: string;
}

/**
 * What is to be said of a version that we use, from the moments at which its releases were published. What
 * counts as newer is newer within its major line: another line is a decision and no update.
 */
export const judgeRelease = (
  name: string,
  version: string,
  published: ReadonlyMap<string, number>,
  now: number,
): Verdict => {
  const faults = faultsOf(name, version);
  if (faults.length > 0) {
    const text = faults.map(({ source, because }) => `${source}: ${because}`).join('; ');
    return { state: 'bad', text };
  }
  const newer = [...published]
    .filter(([other]) => /^\d+\.\d+\.\d+$/.test(other) && majorOf(other) === majorOf(version))
    .filter(([other]) => compareVersions(other, version) > 0)
    .toSorted(([a], [b]) => compareVersions(a, b));
  const [first] = newer;
  if (first === undefined) return { state: 'current', text: 'the newest of its line' };
  const days = Math.floor((now - first[1]) / DAY_MS);
  const text = `${newer.at(-1)?.[0]} is out, and something newer for ${days} days`;
  return { state: days > MOST_DAYS_BEHIND ? 'late' : 'behind', text };
};

import { compareVersions } from './compare-versions.ts';
import list from './known-bad.json' with { type: 'json' };

/** Versions of a package in which a hole is known: from the first to before the one that mends it. */
export interface KnownBad {
  readonly package: string;
  readonly from: string;
  readonly before: string;
  readonly advisory: string;
  readonly why: string;
}

export const KNOWN_BAD: readonly KnownBad[] = list;

/** Why this version must not be used (attack 208); empty where nothing is known against it. */
export const faultsOf = (name: string, version: string): readonly KnownBad[] =>
  KNOWN_BAD.filter(
    (bad) =>
      bad.package === name &&
      compareVersions(version, bad.from) >= 0 &&
      compareVersions(version, bad.before) < 0,
  );

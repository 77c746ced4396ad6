import list from '../../core/protocol/known-bad.json' with { type: 'json' };
import { compareVersions } from './compare-versions.ts';

/** Versions of a part in which a hole is known: from the first to before the one that mends it. */
export interface KnownBad {
  readonly part: string;
  readonly since: string;
  readonly fixed: string;
  readonly source: string;
  readonly because: string;
}

/** The list by which every process of the agent refuses to start. */
export const KNOWN_BAD: readonly KnownBad[] = list;

/** Why this version of a package must not be used (attack 208); empty where nothing is known against it. */
export const faultsOf = (name: string, version: string): readonly KnownBad[] =>
  KNOWN_BAD.filter(
    (bad) =>
      bad.part === partOf(name) &&
      compareVersions(version, bad.since) >= 0 &&
      compareVersions(version, bad.fixed) < 0,
  );

/** Node comes in a package for each architecture. */
const partOf = (name: string): string => (name.startsWith('node-linux-') ? 'node' : name);

import { AgentError } from '../../../vocabulary/errors.ts';
import {
  BUNDLE_FILE,
  kindOfPath,
  MANIFEST_FILE,
  type PathKind,
  README_FILE,
  shownPath,
} from './package-path.ts';
import type { PackageFiles } from './plugin-package.ts';

/** How much a package may be; README and docs included, so that nobody reads more than this to judge one. */
export const PACKAGE_LIMITS = {
  files: 64,
  /** 2 MiB. */
  bytes: 2_097_152,
  /** 1 MiB. */
  bundleBytes: 1_048_576,
  /** 256 KiB, of each envelope. */
  envelopeBytes: 262_144,
  verdicts: 16,
} as const;

/**
 * Refuses a set of files that is no package, whoever signed it.
 * @throws AgentError `package_invalid`, with the file
 */
export const checkPackageFiles = (files: PackageFiles): void => {
  const counts: Record<PathKind, number> = { file: 0, signature: 0, verdict: 0 };
  let bytes = 0;
  for (const [path, content] of files) {
    const kind = kindOfPath(path);
    if (kind === undefined) throw refusal(`${shownPath(path)} does not belong in a package`);
    counts[kind] += 1;
    if (kind === 'file') bytes += content.length;
    const most = mostBytes(path, kind);
    if (content.length > most) throw refusal(`${shownPath(path)} has more than ${most} bytes`);
    if (bytes > PACKAGE_LIMITS.bytes) {
      throw refusal(`with ${shownPath(path)} it has more than ${PACKAGE_LIMITS.bytes} bytes`);
    }
  }
  if (counts.file > PACKAGE_LIMITS.files) {
    throw refusal(`${counts.file} files; at most ${PACKAGE_LIMITS.files} are allowed`);
  }
  if (counts.verdict > PACKAGE_LIMITS.verdicts) {
    throw refusal(`${counts.verdict} verdicts; at most ${PACKAGE_LIMITS.verdicts} are allowed`);
  }
  refuseTwins(files);
  for (const needed of [MANIFEST_FILE, BUNDLE_FILE, README_FILE]) {
    if (!files.has(needed)) throw refusal(`${shownPath(needed)} is missing`);
  }
};

/** The most bytes of one file. */
export const mostBytes = (path: string, kind: PathKind): number => {
  if (kind !== 'file') return PACKAGE_LIMITS.envelopeBytes;
  return path === BUNDLE_FILE ? PACKAGE_LIMITS.bundleBytes : PACKAGE_LIMITS.bytes;
};

// On a file system that ignores case, or where a name is a file here and a folder there, one of the two
// would take the other's place between signing and reading (attack 143).
const refuseTwins = (files: PackageFiles): void => {
  const taken = new Map<string, string>();
  for (const path of files.keys()) {
    const segments = path.split('/');
    for (let length = 1; length <= segments.length; length += 1) {
      const folder = length < segments.length;
      const place = `${segments.slice(0, length).join('/')}${folder ? '/' : ''}`;
      const key = place.replace(/\/$/, '').toLowerCase();
      const other = taken.get(key);
      if (other !== undefined && other !== place) {
        throw refusal(`${shownPath(place)} and ${shownPath(other)} differ in case or kind alone`);
      }
      taken.set(key, place);
    }
  }
};

const refusal = (problem: string): AgentError =>
  new AgentError({ code: 'package_invalid', message: `not a package: ${problem}` });

/** Where the envelope of the publishers lies. */
export const SIGNATURE_FILE = 'signature.dsse.json' as const;
export const MANIFEST_FILE = 'manifest.yaml' as const;
export const BUNDLE_FILE = 'plugin.js' as const;
export const README_FILE = 'README.md' as const;

/** What a path of a package holds: what is signed, or the signed word about it. */
export type PathKind = 'file' | 'signature' | 'verdict';

const MOST_CHARS = 200;
const MOST_LEVELS = 4;
// No leading dot, nothing beyond ASCII, no separator of any system: two paths that differ are two files everywhere.
const SEGMENT = /^[a-zA-Z0-9][a-zA-Z0-9._-]*$/;
const VERDICT = /^verdicts\/[^/]+\.dsse\.json$/;

/** What lies at a path of a package; undefined for a path that no package has (attack 143). */
export const kindOfPath = (path: string): PathKind | undefined => {
  const segments = path.split('/');
  const plain =
    path.length <= MOST_CHARS &&
    segments.length <= MOST_LEVELS &&
    segments.every((segment) => SEGMENT.test(segment));
  if (!plain) return undefined;
  if (path === SIGNATURE_FILE) return 'signature';
  if (VERDICT.test(path)) return 'verdict';
  const known = path === MANIFEST_FILE || path === BUNDLE_FILE || path === README_FILE;
  return known || (segments[0] === 'docs' && segments.length > 1) ? 'file' : undefined;
};

/** A path for a message: its first characters, with nothing in it that a terminal would act on. */
export const shownPath = (path: string): string =>
  `\`${path.replace(/[^ -~]|`/g, '?').slice(0, 100)}\``;

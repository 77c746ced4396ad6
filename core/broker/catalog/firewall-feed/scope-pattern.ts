import { RE2JS } from 're2js';

// A segment that is not empty, `.` or `..`.
const SEGMENT = String.raw`(?:[^/.][^/]*|\.[^/.][^/]*|\.\.[^/]+)`;

/**
 * A pattern of RE2 for the canonical paths of some folders and of all below them. It serves where the peer
 * does not take an argument for a path by its name, and where one tool reads and writes.
 */
export const scopePattern = (roots: readonly string[]): string =>
  roots.length === 0
    ? NOTHING
    : `^(?:${roots.map((root) => RE2JS.quote(root)).join('|')})(?:/${SEGMENT})*$`;

const NOTHING = '^[^\\x{0}-\\x{10FFFF}]$';

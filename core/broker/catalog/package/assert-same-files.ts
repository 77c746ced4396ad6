import { AgentError } from '../../../vocabulary/errors.ts';
import type { Sha256Hex } from '../../../vocabulary/ids.ts';
import { shownPath } from './package-path.ts';

type Digests = ReadonlyMap<string, Sha256Hex>;

/**
 * Refuses files that are not exactly the signed ones: one changed, added, renamed or removed.
 * @throws AgentError `package_tampered`, with the file
 */
export const assertSameFiles = (found: Digests, signed: Digests): void => {
  for (const [path, digest] of found) {
    const expected = signed.get(path);
    if (expected === undefined) throw tampered(path, 'was not there when the package was signed');
    if (expected !== digest) throw tampered(path, 'differs from what was signed');
  }
  for (const path of signed.keys()) {
    if (!found.has(path)) throw tampered(path, 'was signed and is missing');
  }
};

const tampered = (path: string, what: string): AgentError =>
  new AgentError({
    code: 'package_tampered',
    message: `file ${shownPath(path)} ${what}`,
    details: { file: path },
  });

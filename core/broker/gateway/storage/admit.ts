import type { FileResource } from '../../../vocabulary/resource.ts';
import { isCovered } from '../../grant/path-matcher.ts';
import { relativeProblem } from '../../grant/path-segment.ts';
import type { BlockGuard } from './blocklist.ts';
import { isTemporaryName } from './temporary-name.ts';
import { Unavailable } from './unavailable.ts';

// Decided once, enforced every time: the resource was resolved and allowed long ago, in another part.
// Before the file system is touched it must still be one canonical place, inside the grant, not blocked.

/**
 * Admits one resource under the given prefixes.
 * @throws Unavailable
 */
export const admit = (
  { root, relative, absolute }: Pick<FileResource, 'root' | 'relative' | 'absolute'>,
  prefixes: readonly string[],
  guard: BlockGuard,
): void => {
  if (absolute !== (relative === '' ? root : `${root}/${relative}`))
    throw new Unavailable('resource is not consistent');
  const problem = relative === '' ? undefined : relativeProblem(relative);
  if (problem !== undefined) throw new Unavailable(problem);
  if (!isCovered(prefixes, absolute)) throw new Unavailable('outside the scope of the grant');
  if (guard.blocksPath(absolute)) throw new Unavailable('blocked path');
  if (relative.split('/').some(isTemporaryName)) throw new Unavailable('unfinished file');
};

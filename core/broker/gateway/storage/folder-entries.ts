import { byCodePoint } from '../../../vocabulary/canonical.ts';
import { AgentError } from '../../../vocabulary/errors.ts';
import { segmentProblem } from '../../grant/path-segment.ts';
import type { BlockGuard } from './blocklist.ts';
import { breathe } from './breathe.ts';
import { type BeneathOpener, HOW, type Opened } from './open-beneath.ts';
import type { FileFacts, StorageFilePowers } from './storage-powers.ts';
import { isTemporaryName } from './temporary-name.ts';
import { asRefusal } from './unavailable.ts';

/** A folder with more names than this is not listed at all (attack 107). */
const MOST_NAMES = 20_000;
const BREATH = 2_000;

/** The names of an open folder that may be shown, in code point order; none that reading would refuse. */
export const shownNames = async (
  folder: Opened,
  absolute: string,
  guard: BlockGuard,
  files: Pick<StorageFilePowers, 'namesIn'>,
): Promise<readonly string[]> => {
  const names = await files.namesIn(folder.descriptor, MOST_NAMES);
  if (names === undefined)
    throw new AgentError({
      code: 'too_large',
      message: `folder has more than ${MOST_NAMES} entries`,
    });
  const shown: string[] = [];
  for (let start = 0; start < names.length; start += BREATH) {
    for (const name of names.slice(start, start + BREATH))
      if (isShown(name) && !guard.blocksPath(`${absolute}/${name}`)) shown.push(name);
    await breathe();
  }
  return shown.sort(byCodePoint);
};

const isShown = (name: string): boolean =>
  segmentProblem(name) === undefined && !isTemporaryName(name);

/** What a name in an open folder is: a folder, or a regular file without a second name; else undefined. */
export const lookAt = (
  folder: Opened,
  name: string,
  guard: BlockGuard,
  opener: Pick<BeneathOpener, 'openIn'>,
): FileFacts | undefined => {
  try {
    using opened = opener.openIn(folder, name, HOW.look, guard);
    const { facts } = opened;
    return facts.kind === 'folder' || (facts.kind === 'file' && facts.links === 1)
      ? facts
      : undefined;
  } catch (thrown) {
    const refusal = asRefusal('file', thrown);
    if (refusal.code === 'not_available') return undefined;
    throw refusal;
  }
};

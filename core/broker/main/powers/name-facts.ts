import { readlink } from 'node:fs/promises';
import type { LookAtName } from '../../gateway/firewall/paths/resolve-path.ts';

/** Looks at names on disk without opening anything. */
export const makeNameFactsPowers = (): LookAtName => async (path) => {
  try {
    return { kind: 'link', target: await readlink(path) };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EINVAL') return { kind: 'other' };
    return { kind: code === 'ENOENT' ? 'missing' : 'unreadable' };
  }
};

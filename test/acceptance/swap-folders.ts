import { bindNative } from '../../core/linux/libc.ts';
import { CURRENT_FOLDER } from '../../core/linux/open-flags.ts';

/**
 * A program of its own: exchanges two names, atomically and without pause, until it is killed. One is a
 * folder inside a scope, the other a link that leads out of it.
 */
const RENAME_EXCHANGE = 2;
const renameat2 = bindNative(
  'renameat2',
  'int renameat2(int, const char*, int, const char*, unsigned int)',
);
const [, , one = '', other = ''] = process.argv;
process.stdout.write('swapping\n');
for (;;) renameat2(CURRENT_FOLDER, one, CURRENT_FOLDER, other, RENAME_EXCHANGE);

import { bindNative } from '../../../../core/linux/libc.ts';
import { prepareLock, withoutRing } from './lock.ts';

/** A process under `cell.json` that asks for its pid by the x32 number. */

withoutRing();
const syscall = bindNative('syscall', 'long syscall(long)');
prepareLock('cell')();
syscall(0x40000000 + 39);

import { openat2 } from '../../../linux/openat2.ts';
import { renameWithin } from '../../../linux/rename-within.ts';
import { unlinkat } from '../../../linux/unlinkat.ts';
import type { StorageLinuxPowers } from '../../gateway/storage/storage-powers.ts';

/** The Linux calls that Node lacks, as the storage gateway asks for them. */
export const makeLinuxPowers = (): StorageLinuxPowers =>
  Object.freeze({ openat2, renameWithin, unlinkat });

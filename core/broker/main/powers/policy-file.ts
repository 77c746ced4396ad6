import { readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { PolicyFilePower } from '../../gateway/firewall/external/policy-file.ts';
import { isMissing, replaceDurably, syncFolder } from './durable-file.ts';

/** The file that the tool firewall beside us reads its policy from. */
export const makePolicyFilePowers = (): PolicyFilePower =>
  Object.freeze<PolicyFilePower>({
    read: async (path) => {
      try {
        return await readFile(path);
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    },
    replace: replaceDurably,
    remove: async (path) => {
      await rm(path, { force: true });
      await syncFolder(dirname(path));
    },
  });

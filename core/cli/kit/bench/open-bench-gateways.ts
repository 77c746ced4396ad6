import type { StepGateways } from '../../../broker/execute/step-gateways.ts';
import { makeSearchGateway } from '../../../broker/gateway/search/search-gateway.ts';
import { makeStorageGateway } from '../../../broker/gateway/storage/storage-gateway.ts';
import type { Powers } from '../../../broker/main/powers.ts';
import type { OnClose } from '../../../broker/main/teardown.ts';
import type { Log } from '../../../vocabulary/log.ts';

interface BenchFolders {
  readonly roots: readonly string[];
  readonly restoreFolder: string;
}

const silent: Log = { info: () => {}, warn: () => {}, error: () => {} };

/** The gateways of the agent over the folders of one case; nothing else is in their reach. */
export const openBenchGateways = async (
  { linux, storageFiles, searchIndex, random }: Powers,
  { roots, restoreFolder }: BenchFolders,
  onClose: OnClose,
): Promise<StepGateways> => {
  const storage = await makeStorageGateway({
    linux,
    files: storageFiles,
    roots,
    blocked: [],
    restoreFolder,
    random,
    log: silent,
  });
  onClose(() => storage.close());
  const search = makeSearchGateway({ walk: storage.folders, index: searchIndex, log: silent });
  onClose(() => search.close());
  return { storage, search };
};

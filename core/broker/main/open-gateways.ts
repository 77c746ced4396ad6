import type { Log } from '../../vocabulary/log.ts';
import { makeSearchGateway, type SearchGateway } from '../gateway/search/search-gateway.ts';
import { makeStorageGateway, type StorageGateway } from '../gateway/storage/storage-gateway.ts';
import type { AgentPolicy } from '../policy/agent-policy.ts';
import { blockedPaths } from './blocked-paths.ts';
import { restoreFolder } from './broker-places.ts';
import type { Config } from './config.ts';
import type { Powers } from './powers.ts';
import type { OnClose } from './teardown.ts';

/** The only code with effects on the world. */
export interface Gateways {
  readonly storage: StorageGateway;
  readonly search: SearchGateway;
}

export const openGateways = async (
  config: Config,
  policy: AgentPolicy,
  { program, linux, storageFiles, searchIndex, random }: Powers,
  log: Log,
  onClose: OnClose,
): Promise<Gateways> => {
  const kept = restoreFolder(config);
  program.makeFolder(kept);
  const storage = await makeStorageGateway({
    linux,
    files: storageFiles,
    roots: [...new Set([...policy.workspaces.values(), ...policy.readable, ...policy.writable])],
    blocked: blockedPaths(config),
    restoreFolder: kept,
    random,
    log,
  });
  onClose(() => storage.close());
  const search = makeSearchGateway({ walk: storage.folders, index: searchIndex, log });
  onClose(() => search.close());
  return { storage, search };
};

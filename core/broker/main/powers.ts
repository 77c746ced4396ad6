import { randomBytes } from 'node:crypto';
import type { RandomBytes } from '../../vocabulary/ids.ts';
import { PACKAGE_ROOT } from '../../vocabulary/package-root.ts';
import type { AuditFilePowers } from '../audit/audit-file-powers.ts';
import { type Catalog, makeFixedCatalog } from '../catalog/catalog.ts';
import { loadShipped } from '../catalog/load-shipped.ts';
import type { PackageFilePowers } from '../catalog/package/package-file-powers.ts';
import type { PluginFilePowers } from '../catalog/store/plugin-file-powers.ts';
import type { SearchIndexPower } from '../gateway/search/index-client.ts';
import type { StorageFilePowers, StorageLinuxPowers } from '../gateway/storage/storage-powers.ts';
import type { AppDeps } from '../http/app.ts';
import type { SocketFilePower } from '../http/open-listener.ts';
import type { OpenDatabase } from '../task/ledger/database-power.ts';
import type { CellSource } from './cell-source.ts';
import type { LauncherChoice } from './choose-launcher.ts';
import type { BrokerLockPower } from './lock-broker.ts';
import type { FirewallPowers } from './open-firewall.ts';
import { makeAuditFilePowers } from './powers/audit-files.ts';
import { makeBrokerLockPowers } from './powers/broker-lock.ts';
import { makeCatalogFilesPowers } from './powers/catalog-files.ts';
import { startCells } from './powers/cell-sources.ts';
import { openDatabase } from './powers/database.ts';
import { makeFirewallPowers } from './powers/firewall.ts';
import { makeLinuxPowers } from './powers/linux.ts';
import { makePackageFilesPowers } from './powers/package-files.ts';
import { peerOf } from './powers/peer-of.ts';
import { makePluginFilePowers } from './powers/plugin-files.ts';
import { makeProgramFilePowers, type ProgramFilePowers } from './powers/program-files.ts';
import { makeSearchWorkerPowers } from './powers/search-worker.ts';
import { makeSecretFilesPowers } from './powers/secret-files.ts';
import { makeSocketFilesPowers } from './powers/socket-files.ts';
import { makeStorageFilePowers } from './powers/storage-files.ts';
import type { SecretFilePower } from './secret-file.ts';

/** Every effect that the broker can have. Nothing below `main` reaches for one by itself. */
export interface Powers {
  readonly program: ProgramFilePowers;
  readonly secrets: SecretFilePower;
  readonly auditFiles: AuditFilePowers;
  readonly openDatabase: OpenDatabase;
  readonly linux: StorageLinuxPowers;
  readonly storageFiles: StorageFilePowers;
  readonly searchIndex: SearchIndexPower;
  readonly firewall: FirewallPowers;
  /** Starts what starts cells: before the broker locks itself, and before it has any other thread. */
  readonly startCells: (how: {
    readonly launcher: LauncherChoice;
    readonly weak: boolean;
  }) => CellSource;
  readonly lock: BrokerLockPower;
  readonly socketFiles: SocketFilePower;
  readonly peerOf: AppDeps['peerOf'];
  /** What comes with the program. */
  readonly loadInstalled: () => Promise<Catalog>;
  readonly packageFiles: PackageFilePowers;
  readonly pluginFiles: PluginFilePowers;
  readonly random: RandomBytes;
  /** Unix milliseconds. */
  readonly now: () => number;
  /** Milliseconds since any fixed moment; no change of the machine's clock touches it. */
  readonly elapsed: () => number;
}

export const makePowers = (): Powers =>
  Object.freeze({
    program: makeProgramFilePowers(),
    secrets: makeSecretFilesPowers(),
    auditFiles: makeAuditFilePowers(),
    openDatabase,
    linux: makeLinuxPowers(),
    storageFiles: makeStorageFilePowers(),
    searchIndex: makeSearchWorkerPowers(),
    firewall: makeFirewallPowers(),
    startCells,
    lock: makeBrokerLockPowers(),
    socketFiles: makeSocketFilesPowers(),
    peerOf,
    loadInstalled: async () =>
      makeFixedCatalog(
        await loadShipped({ ...makeCatalogFilesPowers(), packageRoot: PACKAGE_ROOT }),
      ),
    packageFiles: makePackageFilesPowers(),
    pluginFiles: makePluginFilePowers(),
    random: (count: number) => randomBytes(count),
    now: () => Date.now(),
    elapsed: () => performance.now(),
  });

import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { AuditEvent } from '../../../../core/broker/audit/audit-log.ts';
import { type Catalog, makeFixedCatalog } from '../../../../core/broker/catalog/catalog.ts';
import { loadShipped } from '../../../../core/broker/catalog/load-shipped.ts';
import { readTrustStore } from '../../../../core/broker/catalog/package/read-trust-store.ts';
import { openPluginStore } from '../../../../core/broker/catalog/store/open-plugin-store.ts';
import type { PluginStore } from '../../../../core/broker/catalog/store/plugin-store.ts';
import type { PluginStoreDeps } from '../../../../core/broker/catalog/store/plugin-store-deps.ts';
import { deriveKey } from '../../../../core/broker/grant/derive-key.ts';
import { makeCatalogFilesPowers } from '../../../../core/broker/main/powers/catalog-files.ts';
import { makePackageFilesPowers } from '../../../../core/broker/main/powers/package-files.ts';
import { makePluginFilePowers } from '../../../../core/broker/main/powers/plugin-files.ts';
import { PACKAGE_ROOT } from '../../../../core/vocabulary/package-root.ts';
import {
  makeWorkshop,
  type PluginText,
  type Workshop,
} from '../../../harness/installable-plugins.ts';

/** A plugin store on real folders, whose log is a list. */
export interface StoreBench {
  readonly folder: string;
  readonly anchorFolder: string;
  readonly workshop: Workshop;
  readonly events: AuditEvent[];
  /** Opens the store as a start does; a second time as the next start. */
  open(changes?: Partial<PluginStoreDeps>): Promise<PluginStore>;
}

export const WHO = { uid: 1234 };

export const makeStoreBench = async (t: TestContext): Promise<StoreBench> => {
  const root = await mkdtemp(join(tmpdir(), 'plugins-'));
  t.after(() => rm(root, { recursive: true, force: true }));
  const [folder, anchorFolder] = [join(root, 'plugins'), join(root, 'state')];
  await mkdir(folder, { mode: 0o700 });
  await mkdir(anchorFolder, { mode: 0o700 });
  const workshop = makeWorkshop(join(root, 'trust'));
  const events: AuditEvent[] = [];
  const shipped = await shippedCatalog();
  const packageFiles = makePackageFilesPowers();
  const quiet = (): void => {};
  return {
    folder,
    anchorFolder,
    workshop,
    events,
    open: (changes = {}) =>
      openPluginStore({
        shipped,
        folder,
        anchorFolder,
        key: deriveKey(Buffer.alloc(32, 7), 'catalog'),
        files: makePluginFilePowers(),
        packageFiles,
        readTrust: () => readTrustStore(packageFiles, join(root, 'trust')),
        audit: {
          record: (event) => {
            events.push(event);
            return { entry: events.length, hash: '' };
          },
          commit: async () => {},
        },
        random: randomBytes,
        now: Date.now,
        log: { info: quiet, warn: quiet, error: quiet },
        ...changes,
      }),
  };
};

const shippedCatalog = async (): Promise<Catalog> =>
  makeFixedCatalog(await loadShipped({ ...makeCatalogFilesPowers(), packageRoot: PACKAGE_ROOT }));

/** A plugin with one tool that reads a file. */
export const reader = (
  version: string,
  more: Partial<PluginText> & { tool?: string } = {},
): PluginText => ({
  id: 'reader',
  version,
  power: `tools:
  ${more.tool ?? 'files.first_line'}:
    description: Returns the first line of a file.
    reversibility: read-only
    input:
      type: object
      additionalProperties: false
      required: [path]
      properties:
        path: { type: string, minLength: 1, maxLength: 4096, x-capability: storage.read }
    output:
      type: object
      additionalProperties: false
      required: [text]
      properties:
        text: { type: string, maxLength: 1000 }
`,
  source: `var __plugin = { tools: { 'files.first_line': async () => ({ text: '${version}' }) } };`,
  ...more,
});

/** The same with one more parameter: what a second version asks for beside the first. */
export const widerReader = (version: string): PluginText => {
  const plain = reader(version);
  return {
    ...plain,
    power: plain.power.replace(
      'x-capability: storage.read }\n',
      'x-capability: storage.read }\n        more: { type: string, minLength: 1, maxLength: 4096, x-capability: storage.read }\n',
    ),
  };
};

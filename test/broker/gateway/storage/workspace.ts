import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { TestContext } from 'node:test';
import {
  makeStorageGateway,
  type StorageGateway,
} from '../../../../core/broker/gateway/storage/storage-gateway.ts';
import type {
  StorageFilePowers,
  StorageLinuxPowers,
} from '../../../../core/broker/gateway/storage/storage-powers.ts';
import { makeResolver } from '../../../../core/broker/grant/resource-name.ts';
import { makeLinuxPowers } from '../../../../core/broker/main/powers/linux.ts';
import { makeStorageFilePowers } from '../../../../core/broker/main/powers/storage-files.ts';
import type { AgentError } from '../../../../core/vocabulary/errors.ts';
import type { AccessScope, FileResource } from '../../../../core/vocabulary/resource.ts';

/** A real gateway over a real folder: `docs` is its workspace, `outside` must never be reached. */
export interface Workspace {
  readonly base: string;
  readonly docs: string;
  readonly outside: string;
  readonly restore: string;
  readonly gateway: StorageGateway;
  readonly access: AccessScope;
  /** What the gateway logged: `<message>: <reason>`. */
  readonly logged: readonly string[];
  /** A resource as policy would resolve it; throws where the name is refused. */
  readonly at: (name: string) => FileResource;
  /** A resource for a relative path that no parser looked at: what a broken caller could hand over. */
  readonly raw: (relative: string) => FileResource;
  readonly put: (path: string, content: string | Uint8Array) => string;
}

interface Options {
  readonly ceiling?: AccessScope['ceiling'];
  /** Relative to the base folder, as `roots` are; absolute ones are taken as they are. */
  readonly blocked?: readonly string[];
  readonly roots?: readonly string[];
  readonly linux?: (real: StorageLinuxPowers) => StorageLinuxPowers;
  readonly files?: (real: StorageFilePowers) => StorageFilePowers;
  /** Runs before the gateway opens its roots. */
  readonly prepare?: (base: string) => void;
}

export const openWorkspace = async (
  test: Pick<TestContext, 'after'>,
  options: Options = {},
): Promise<Workspace> => {
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'storage-')));
  const [docs, outside, restore] = ['docs', 'outside', 'restore'].map((name) => join(base, name));
  if (docs === undefined || outside === undefined || restore === undefined) throw new Error('base');
  for (const folder of [docs, outside, restore]) mkdirSync(folder);
  options.prepare?.(base);
  const logged: string[] = [];
  const note = (fields: object, message: string): void => {
    logged.push(`${message}: ${JSON.stringify(fields)}`);
  };
  const gateway = await makeStorageGateway({
    linux: (options.linux ?? same)(makeLinuxPowers()),
    files: (options.files ?? same)(makeStorageFilePowers()),
    roots: [docs, ...(options.roots ?? []).map((name) => resolve(base, name))],
    blocked: (options.blocked ?? []).map((name) => resolve(base, name)),
    restoreFolder: restore,
    random: randomBytes,
    log: { info: note, warn: note, error: note },
  });
  test.after(async () => {
    await gateway.close();
    rmSync(base, { recursive: true, force: true });
  });
  const resolver = makeResolver(new Map([['docs', docs]]), []);
  const place = { capability: 'storage.read', parameter: 'path', index: null } as const;
  return {
    ...{ base, docs, outside, restore, gateway, logged },
    access: { readable: [docs], writable: [docs], ceiling: options.ceiling ?? 'high' },
    at: (name) => {
      const found = resolver.resolve(name);
      if (!found.ok) throw new Error(`refused: ${found.reason}`);
      const { root, relative, absolute, display } = found;
      return { ...place, root, relative, absolute, display };
    },
    raw: (relative) => {
      const absolute = relative === '' ? docs : `${docs}/${relative}`;
      return { ...place, root: docs, relative, absolute, display: 'docs' };
    },
    put: (path, content) => {
      const file = join(base, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
      return file;
    },
  };
};

const same = <Value>(value: Value): Value => value;

/** What a refusal is to its reader: code and message. For `assert.rejects`. */
export const refusal = (
  code: AgentError['code'],
  message?: string,
): { name: string; code: string; message?: string } => ({
  name: 'AgentError',
  code,
  ...(message === undefined ? {} : { message }),
});

export const FILE_REFUSED: ReturnType<typeof refusal> = refusal(
  'not_available',
  'file not available',
);
export const FOLDER_REFUSED: ReturnType<typeof refusal> = refusal(
  'not_available',
  'folder not available',
);

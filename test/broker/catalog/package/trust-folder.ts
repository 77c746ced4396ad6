import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Cleanup } from '../../../harness/agent-folder.ts';
import { makeSigner, type Signer } from './sample-package.ts';

/** A private folder that goes after the test. */
export const makeFolder = async (t: Cleanup): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'package-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
};

interface Roles {
  readonly publishers: readonly Signer[];
  readonly threshold?: number;
  readonly vetters?: readonly Signer[];
}

/** Writes a trust store into a new folder. */
export const writeTrustStore = async (
  folder: string,
  { publishers, threshold = 1, vetters = [makeSigner()] }: Roles,
): Promise<void> => {
  await mkdir(join(folder, 'keys'), { recursive: true, mode: 0o755 });
  const nameOf = ({ id }: Signer): string => `${id.slice(0, 16)}.pem`;
  for (const signer of [...publishers, ...vetters]) {
    const pem = signer.publicKey.export({ type: 'spki', format: 'pem' });
    await writeFile(join(folder, 'keys', nameOf(signer)), pem, { mode: 0o644 });
  }
  const trust = {
    version: 1,
    publishers: { threshold, keys: publishers.map(nameOf) },
    vetters: { threshold: 1, keys: vetters.map(nameOf) },
  };
  await writeFile(join(folder, 'trust.json'), JSON.stringify(trust), { mode: 0o644 });
};

export const writeRevocations = async (
  folder: string,
  { keys = [], packages = [] }: { readonly keys?: string[]; readonly packages?: string[] },
): Promise<void> => {
  const text = JSON.stringify({ version: 1, keys, packages });
  await writeFile(join(folder, 'revoked.json'), text, { mode: 0o644 });
};

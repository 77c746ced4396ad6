import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { SIGNATURE_FILE } from '../broker/catalog/package/package-path.ts';
import type { Envelope, PackageFiles } from '../broker/catalog/package/plugin-package.ts';
import { CommandFailure } from './command-failure.ts';
import { EXIT } from './exit-codes.ts';

/** Writes a package to a folder that does not exist yet. */
export const writePackageFolder = async (folder: string, files: PackageFiles): Promise<void> => {
  await mkdir(dirname(folder), { recursive: true });
  await mkdir(folder).catch((cause: unknown) => {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    const problem =
      code === 'EEXIST'
        ? `\`${folder}\` exists already; name another folder or remove it`
        : `cannot make the folder \`${folder}\``;
    throw new CommandFailure(EXIT.failed, problem);
  });
  try {
    for (const [path, bytes] of files) {
      const file = join(folder, path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, bytes, { flag: 'wx' });
    }
  } catch (thrown) {
    await rm(folder, { recursive: true, force: true });
    throw thrown;
  }
};

/** Puts an envelope into a package folder, whole or not at all. */
export const writeEnvelope = async (
  folder: string,
  envelope: Envelope,
  name: string = SIGNATURE_FILE,
): Promise<void> => {
  const file = join(folder, name);
  await mkdir(dirname(file), { recursive: true });
  const half = `${file}.${process.pid}.half`;
  try {
    await writeFile(half, `${JSON.stringify(envelope, null, 2)}\n`, { flag: 'wx' });
    await rename(half, file);
  } catch {
    await rm(half, { force: true });
    throw new CommandFailure(EXIT.failed, `cannot write \`${file}\``);
  }
};

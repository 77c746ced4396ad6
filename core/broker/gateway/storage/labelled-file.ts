import type { Label } from '../../../vocabulary/enums.ts';
import { AgentError } from '../../../vocabulary/errors.ts';
import { classifyInSlices } from '../sensitivity/classify-in-slices.ts';
import type { Opened } from './open-beneath.ts';
import type { StorageFilePowers } from './storage-powers.ts';

/** Wire contract section 10. */
export const READ_LIMIT: number = 2 * 1024 * 1024;

export interface LabelledFile {
  readonly bytes: Buffer;
  /** UTF-8, what is no UTF-8 replaced. */
  readonly text: string;
  readonly label: Label;
}

/**
 * All bytes of an open file. Their number is fixed before the first is read, so a file that grows
 * meanwhile is read to its old length (attack 108).
 * @throws AgentError too_large
 */
export const readWhole = async (
  file: Opened,
  files: Pick<StorageFilePowers, 'read'>,
): Promise<Buffer> => {
  const { size } = file.facts;
  if (size > READ_LIMIT)
    throw new AgentError({
      code: 'too_large',
      message: `file too large (${size} bytes, max ${READ_LIMIT})`,
    });
  const bytes = Buffer.alloc(size);
  let filled = 0;
  while (filled < size) {
    const got = await files.read(file.descriptor, bytes.subarray(filled), filled);
    if (got === 0) break;
    filled += got;
  }
  return bytes.subarray(0, filled);
};

/** A whole file and how sensitive it is: the label is that of all of it, also where a part is read. */
export const readLabelled = async (
  file: Opened,
  files: Pick<StorageFilePowers, 'read'>,
): Promise<LabelledFile> => {
  const bytes = await readWhole(file, files);
  const text = bytes.toString('utf8');
  const { label } = await classifyInSlices(text);
  return { bytes, text, label };
};

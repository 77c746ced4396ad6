import type { SecretFilePower } from '../../broker/main/secret-file.ts';
import { CommandFailure } from '../command-failure.ts';
import { EXIT } from '../exit-codes.ts';

interface TrustedFile {
  readonly path: string;
  /** The option that named it. */
  readonly option: string;
  /** Bits of the mode that must not be set. */
  readonly forbidden: number;
  readonly least: number;
  readonly most: number;
}

/**
 * The bytes of a file that decides what tools may do. Whoever else could write it, or put another in its
 * place, would decide instead: a link, another owner, a mode too wide or a wrong size is a refusal.
 * @throws CommandFailure naming the option, the file, the fault and the mend
 */
export const readTrustedFile = (
  { path, option, forbidden, least, most }: TrustedFile,
  power: SecretFilePower,
): Uint8Array => {
  const refuse = (problem: string, mend: string): CommandFailure =>
    new CommandFailure(EXIT.unreachable, `${option}: \`${path}\` ${problem}; ${mend}`);
  const file = power.read(path, most + 1);
  if (file.kind === 'absent') throw refuse('does not exist', 'name another file');
  if (file.kind === 'unreadable') {
    throw refuse(`cannot be read (${file.reason})`, 'name a file that you may read');
  }
  if (!file.regular) throw refuse('is not a regular file', 'name a file');
  if (file.uid !== 0 && file.uid !== power.ownUid) {
    throw refuse('belongs to another user', 'make it root’s or your own');
  }
  if ((file.mode & forbidden) !== 0) {
    const mode = (0o666 & ~forbidden).toString(8).padStart(4, '0');
    throw refuse('is open to others', `run \`chmod ${mode}\` on it`);
  }
  if (file.bytes.length < least || file.bytes.length > most) {
    throw refuse(`does not have ${least} to ${most} bytes`, 'write it again');
  }
  return file.bytes;
};

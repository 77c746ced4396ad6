import { createPrivateKey, type KeyObject } from 'node:crypto';
import { open } from 'node:fs/promises';
import { CommandFailure } from './command-failure.ts';
import { EXIT } from './exit-codes.ts';

const MOST_BYTES = 4096;

/** The private key of a signer, from a file that nobody else can read. */
export const readSigningKey = async (file: string): Promise<KeyObject> => {
  const text = await readPrivate(file);
  try {
    const key = createPrivateKey(text);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // Said below, without the parser's words: they can quote what it read.
  }
  throw new CommandFailure(
    EXIT.failed,
    `\`${file}\` is not an unencrypted Ed25519 private key in PEM; \`plugin keygen\` makes one`,
  );
};

const readPrivate = async (file: string): Promise<string> => {
  await using handle = await open(file).catch(() => {
    throw new CommandFailure(EXIT.unreachable, `cannot read the key file \`${file}\``);
  });
  const facts = await handle.stat();
  if (!facts.isFile() || facts.size > MOST_BYTES) {
    throw new CommandFailure(EXIT.failed, `\`${file}\` is not a key file`);
  }
  if ((facts.mode & 0o077) !== 0) {
    throw new CommandFailure(
      EXIT.failed,
      `others may use the key file \`${file}\`; take the right away: \`chmod 600 ${file}\``,
    );
  }
  return handle.readFile('utf8');
};

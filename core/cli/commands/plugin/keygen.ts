import { generateKeyPairSync } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { keyIdOf } from '../../../broker/catalog/package/key-id.ts';
import { contextOf, fromHere, withJsonOption } from '../../command-context.ts';
import { CommandFailure } from '../../command-failure.ts';
import { EXIT } from '../../exit-codes.ts';

const HELP = `
Both files are new: nothing that is there is overwritten. NAME.key is for its owner alone (mode 0600) and belongs on no
machine that runs the agent. One key either publishes or vets; a trust store refuses it in both parts.

Exit codes:
  0  written
  1  a file of that name is there, or cannot be written`;

/** `plugin keygen`: a signer's pair of keys. */
export const addKeygen = (plugin: Command): void => {
  withJsonOption(plugin.command('keygen'))
    .description(
      'a pair of Ed25519 keys: NAME.key signs and stays with you, NAME.pub goes into trust stores',
    )
    .addHelpText('after', HELP)
    .requiredOption('--out <name>', 'path of the two files, without their endings')
    .action(async (options) => {
      const privateFile = `${fromHere(options.out)}.key`;
      const publicFile = `${fromHere(options.out)}.pub`;
      const { privateKey, publicKey } = generateKeyPairSync('ed25519');
      const privateText = privateKey.export({ type: 'pkcs8', format: 'pem' });
      const publicText = publicKey.export({ type: 'spki', format: 'pem' });
      // The public half first: where its name is taken, no private key has been written.
      await writeNew(publicFile, publicText, 0o644);
      try {
        await writeNew(privateFile, privateText, 0o600);
      } catch (thrown) {
        await rm(publicFile);
        throw thrown;
      }
      const keyid = keyIdOf(publicKey);
      contextOf(options).print({ keyid, private: privateFile, public: publicFile }, () =>
        [
          `key ${keyid}`,
          `  ${privateFile}  signs; keep it to yourself`,
          `  ${publicFile}  for the folder keys/ of trust stores, as a .pem file`,
        ].join('\n'),
      );
    });
};

// `wx` replaces nothing and follows no link that somebody left at the name.
const writeNew = async (file: string, text: string | Buffer, mode: number): Promise<void> => {
  try {
    await writeFile(file, text, { mode, flag: 'wx' });
  } catch (cause) {
    const taken = cause instanceof Error && 'code' in cause && cause.code === 'EEXIST';
    throw new CommandFailure(
      EXIT.failed,
      taken
        ? `\`${file}\` exists already; name another with --out`
        : `cannot write \`${file}\`; name another with --out`,
    );
  }
};

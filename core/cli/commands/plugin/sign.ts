import type { Command } from 'commander';
import { contextOf, fromHere, withJsonOption } from '../../command-context.ts';
import { CommandFailure } from '../../command-failure.ts';
import { EXIT } from '../../exit-codes.ts';
import { readSigningKey } from '../../signing-key-file.ts';
import { writeEnvelope } from '../../write-package-folder.ts';

const HELP = `
The signature covers the path and digest of every file: manifest, bundle, README and docs. It is a DSSE envelope,
signature.dsse.json, around an in-toto statement. Where the package is signed already, the new signature joins the
statement; with other files or another expiry it is refused.

Exit codes:
  0  signed
  1  the package or a key cannot be used
  2  the command line is wrong`;

/** `plugin sign`: a publisher's word for a package. */
export const addSign = (plugin: Command): void => {
  withJsonOption(plugin.command('sign'))
    .description('signs a package; a later signer joins the statement of the first')
    .addHelpText('after', HELP)
    .argument('<package>', 'folder of the package')
    .requiredOption('--key <file...>', 'private keys, as `plugin keygen` makes them')
    .option('--expires <date>', 'the day from which the signature no longer counts (UTC)')
    .action(async (folder, options) => {
      const now = Date.now();
      const expires = options.expires === undefined ? null : momentOf(options.expires, now);
      const keys = await Promise.all(
        options.key.map((file: string) => readSigningKey(fromHere(file))),
      );
      const { readPackageFolder } = await import(
        '../../../broker/catalog/package/read-package-folder.ts'
      );
      const { signPackage } = await import('../../../broker/catalog/package/sign-package.ts');
      const { makePackageFilesPowers } = await import(
        '../../../broker/main/powers/package-files.ts'
      );
      const path = fromHere(folder);
      const files = await readPackageFolder(path, makePackageFilesPowers());
      const { statement, envelope } = signPackage(files, { keys, now, expires });
      await writeEnvelope(path, envelope);
      const { id, version, digest } = statement;
      const ends = statement.expires === null ? null : new Date(statement.expires).toISOString();
      const signers = envelope.signatures.map(({ keyid }) => keyid);
      contextOf(options).print({ id, version, digest, expires: ends, signers }, () =>
        [
          `${id} ${version}`,
          `digest ${digest}`,
          `expires ${ends ?? 'never'}`,
          ...signers.map((signer) => `signed by ${signer}`),
        ].join('\n'),
      );
    });
};

const DATE = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?Z)?$/;

const momentOf = (text: string, now: number): number => {
  const moment = DATE.test(text) ? Date.parse(text) : Number.NaN;
  if (moment > now) return moment;
  throw new CommandFailure(
    EXIT.usage,
    `--expires takes a day in the future, such as 2030-12-31, not \`${text}\``,
  );
};

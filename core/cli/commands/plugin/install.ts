import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { JsonValue } from '../../../vocabulary/json.ts';
import { fromHere } from '../../command-context.ts';
import { CommandFailure } from '../../command-failure.ts';
import { EXIT } from '../../exit-codes.ts';
import { operatorContextOf, versionText, withOperatorOptions } from '../../operator-context.ts';

const HELP = `
The agent verifies signatures, revocations, expiry, version and verdict against its own trust store. A version that
widens anything over the one before it stays quarantined, with the difference printed, until that is approved.

Exit codes:
  0  installed: vetted, or quarantined
  2  no operator's token is named
  3  the agent refused the package, with the code
  4  no agent answers, or a file cannot be read`;

/** `plugin install`: hands a package and its verdicts to a running agent. */
export const addInstall = (plugin: Command): void => {
  withOperatorOptions(plugin.command('install'))
    .description('installs a signed and vetted package; it runs once it is enabled')
    .addHelpText('after', HELP)
    .argument('<package>', 'folder of the package')
    .option('--verdict <file...>', 'verdicts that do not lie in the package', [])
    .action(async (folder, options) => {
      const { client, print } = operatorContextOf(options);
      const { readPackageFolder } = await import(
        '../../../broker/catalog/package/read-package-folder.ts'
      );
      const { makePackageFilesPowers } = await import(
        '../../../broker/main/powers/package-files.ts'
      );
      const files = await readPackageFolder(fromHere(folder), makePackageFilesPowers());
      const verdicts = await Promise.all(options.verdict.map(readVerdictFile));
      const installed = await client.post('/v1/operator/plugins', {
        files: [...files].map(([path, bytes]) => ({
          path,
          base64: Buffer.from(bytes).toString('base64'),
        })),
        verdicts,
      });
      print(installed, () => versionText(installed));
    });
};

const readVerdictFile = async (path: string): Promise<JsonValue> => {
  try {
    return JSON.parse(await readFile(fromHere(path), 'utf8'));
  } catch {
    throw new CommandFailure(
      EXIT.unreachable,
      `cannot read the verdict \`${path}\`: name a file that \`plugin vet\` wrote`,
    );
  }
};

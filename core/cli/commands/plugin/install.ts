import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { JsonValue } from '../../../vocabulary/json.ts';
import { fromHere } from '../../command-context.ts';
import { CommandFailure } from '../../command-failure.ts';
import { EXIT } from '../../exit-codes.ts';
import { operatorContextOf, versionText, withOperatorOptions } from '../../operator-context.ts';

/** `plugin install`: hands a package and its verdicts to a running agent. */
export const addInstall = (plugin: Command): void => {
  withOperatorOptions(plugin.command('install'))
    .description('installs a signed and vetted package; it runs once it is enabled')
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

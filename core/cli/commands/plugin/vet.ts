import { randomInt } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import { contextOf, fromHere, withJsonOption } from '../../command-context.ts';
import { CommandFailure } from '../../command-failure.ts';
import { EXIT } from '../../exit-codes.ts';
import { readSigningKey } from '../../signing-key-file.ts';
import { writeEnvelope } from '../../write-package-folder.ts';

const HELP = `
Examines the package as it will be installed: its manifest and bundle, its cases in real cells, its code among
canaries (a secret in the agent's environment, a file, sockets that listen, another task's data), with its own inputs
and with unkind ones, and attacks of the corpus on the same range. Writes vetting.json and VETTING.md, and two signed
statements: test-result.dsse.json and verdict.dsse.json, which \`plugin install\` takes.

Exit codes:
  0  the verdict is PASSED
  1  it is FAILED, and signed as such; or the vetting could not run
  4  a file cannot be read`;

/** `plugin vet`: a vetter's word for a package, and what it rests on. */
export const addVet = (plugin: Command): void => {
  withJsonOption(plugin.command('vet'))
    .description('examines a package among canaries and signs the verdict')
    .argument('<package>', 'folder of the package')
    .requiredOption('--cases <file>', 'the cases of the plugin, cases.yaml')
    .requiredOption('--key <file>', "the vetter's private key, as `plugin keygen` makes it")
    .requiredOption('--out <folder>', 'where report and statements are written')
    .option('--seed <number>', 'repeat a vetting', toSeed)
    .option('--corpus <count>', 'attacks of the corpus: a number, or `all`', toCount, 12)
    .option('--expires <days>', 'how long the verdict counts', toDays)
    .addHelpText('after', HELP)
    .action(async (folder: string, options) => {
      const key = await readSigningKey(fromHere(options.key));
      const { readPackageFolder } = await import(
        '../../../broker/catalog/package/read-package-folder.ts'
      );
      const { packPlugin } = await import('../../../broker/catalog/package/pack-plugin.ts');
      const { makePackageFilesPowers } = await import(
        '../../../broker/main/powers/package-files.ts'
      );
      const { parseCases } = await import('../../kit/plugin-case.ts');
      const { openVettingGround, vetPackage } = await import('../../vet/vet-package.ts');
      const { signVetting } = await import('../../vet/sign-vetting.ts');
      const { objections } = await import('../../vet/vetting-report.ts');
      const { vettingText } = await import('../../vet/vetting-text.ts');

      const packed = packPlugin(
        await readPackageFolder(fromHere(folder), makePackageFilesPowers()),
      );
      const file = fromHere(options.cases);
      const text = await readFile(file, 'utf8').catch(() => {
        throw new CommandFailure(EXIT.unreachable, `cannot read the cases \`${file}\``);
      });
      const cases = parseCases(text, basename(file), packed.manifest);
      const seed = options.seed ?? randomInt(2 ** 32);
      const ground = await openVettingGround(seed);
      const onProgress = (line: string): void => {
        if (!options.json) process.stderr.write(`${line}\n`);
      };
      const report = await vetPackage(
        { packed, cases, seed, corpus: options.corpus, onProgress },
        ground,
      ).finally(() => ground.close());
      const out = fromHere(options.out);
      await mkdir(out, { recursive: true });
      await writeFile(join(out, 'vetting.json'), `${JSON.stringify(report, null, 2)}\n`);
      await writeFile(join(out, 'VETTING.md'), vettingText(report));
      const now = Date.now();
      const expires = options.expires === undefined ? null : now + options.expires * DAY_MS;
      const { testResult, verdict } = signVetting(report, packed, { key, now, expires });
      await writeEnvelope(out, testResult, 'test-result.dsse.json');
      await writeEnvelope(out, verdict, 'verdict.dsse.json');
      const against = objections(report);
      const result = against.length === 0 ? 'PASSED' : 'FAILED';
      const { id, version, digest } = report.plugin;
      contextOf(options).print({ id, version, digest, result, against, out }, () =>
        [
          `${id} ${version} ${result}`,
          ...against.map((each) => `- ${each}`),
          `written to ${out}`,
        ].join('\n'),
      );
      if (against.length > 0) process.exitCode = EXIT.failed;
    });
};

const DAY_MS = 86_400_000;

const toSeed = (text: string): number => wholeBelow(text, 2 ** 32);
const toDays = (text: string): number => wholeBelow(text, 3651);
const toCount = (text: string): number =>
  text === 'all' ? Number.POSITIVE_INFINITY : wholeBelow(text, 10_000);

const wholeBelow = (text: string, limit: number): number => {
  const value = Number(text);
  if (/^\d{1,10}$/.test(text) && value < limit) return value;
  throw new InvalidArgumentError(`expected a whole number below ${limit}`);
};

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type PackedPlugin, packPlugin } from '../core/broker/catalog/package/pack-plugin.ts';
import shippedDigests from '../core/broker/catalog/shipped-digests.json' with { type: 'json' };
import { parseCases } from '../core/cli/kit/plugin-case.ts';
import { openVettingGround, vetPackage } from '../core/cli/vet/vet-package.ts';
import { objections } from '../core/cli/vet/vetting-report.ts';
import { vettingText } from '../core/cli/vet/vetting-text.ts';
import { PACKAGE_ROOT } from '../core/vocabulary/package-root.ts';

const SEED = 7;

const at = (...names: readonly string[]): string => join(PACKAGE_ROOT, ...names);

/** A shipped plugin as the package that a stranger would hand in: its bundle, its manifest and its page. */
export const packShipped = async (id: string): Promise<PackedPlugin> =>
  packPlugin(
    new Map([
      ['manifest.yaml', await readFile(at('dist/plugins', id, 'manifest.yaml'))],
      ['plugin.js', await readFile(at('dist/plugins', id, 'plugin.js'))],
      ['README.md', await readFile(at('plugins', id, 'README.md'))],
    ]),
  );

/**
 * Vets each shipped plugin as those of strangers are vetted, and writes its report beside its manifest. Nobody signs
 * it: the program's list of digests says which bytes run. A test holds each report to the bytes that it is about.
 */
const vetShipped = async (): Promise<void> => {
  const ground = await openVettingGround(SEED);
  try {
    for (const id of Object.keys(shippedDigests)) {
      const packed = await packShipped(id);
      const text = await readFile(at('plugins', id, 'cases.yaml'), 'utf8');
      const cases = parseCases(text, 'cases.yaml', packed.manifest);
      const report = await vetPackage({ packed, cases, seed: SEED }, ground);
      await writeFile(at('plugins', id, 'VETTING.md'), vettingText(report));
      const against = objections(report);
      process.stdout.write(`${id}: ${against.length === 0 ? 'PASSED' : against.join('; ')}\n`);
      if (against.length > 0) process.exitCode = 1;
    }
  } finally {
    await ground.close();
  }
};

if (import.meta.main) await vetShipped();

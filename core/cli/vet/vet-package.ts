import { join } from 'node:path';
import type { PackedPlugin } from '../../broker/catalog/package/pack-plugin.ts';
import { PACKAGE_ROOT } from '../../vocabulary/package-root.ts';
import { openBench } from '../kit/bench/open-bench.ts';
import { type PluginCase, runCases } from '../kit/run-cases.ts';
import { findScripts, readScript } from '../probe/find-scripts.ts';
import { openRange, type Range } from '../probe/range.ts';
import { shuffled } from '../probe/shuffled.ts';
import { guestVerdict, type Verdict } from '../probe/verdict.ts';
import { attackPlugin } from './attack-plugin.ts';
import { randomNumbers } from './random-numbers.ts';
import { attackLine, type VettingReport } from './vetting-report.ts';

/** Attacks of the corpus that a vetting runs, drawn by its seed. */
const CORPUS_SAMPLE = 12;
const CORPUS = join(PACKAGE_ROOT, 'test/hazards/corpus');

export interface VettingInput {
  readonly packed: PackedPlugin;
  readonly cases: readonly PluginCase[];
  readonly seed: number;
  /** How many attacks of the corpus; all of them where it is infinite. */
  readonly corpus?: number;
  readonly onProgress?: (line: string) => void;
}

/**
 * Examines a package as it is, byte for byte: its manifest and bundle, its cases in real cells, its code among
 * canaries, and attacks on the range that watched it.
 * @throws CommandFailure where no cell or no agent stands
 */
export const vetPackage = async ({
  packed,
  cases,
  seed,
  corpus = CORPUS_SAMPLE,
  onProgress = () => {},
}: VettingInput): Promise<VettingReport> => {
  const { manifest, digest, files } = packed;
  const manifestText = textOf(files.get('manifest.yaml'));
  const source = textOf(files.get('plugin.js'));

  const bench = await openBench();
  const results = await runCases({ manifest, manifestText, source }, cases, {
    bench,
    onResult: ({ name, verdict }) => onProgress(`case ${name}: ${verdict}`),
  }).finally(() => bench.close());

  const range = await openRange('vetting', String(seed));
  try {
    const attacks = await attackPlugin({ manifest, source, cases }, range, randomNumbers(seed), 1);
    for (const { script, verdict } of attacks) onProgress(`canaries ${script}: ${verdict}`);
    const scripts = await attackRange(range, seed, corpus, attacks.length + 1);
    onProgress(`corpus: ${scripts.length} attacks`);
    return {
      plugin: { id: manifest.id, version: manifest.version, digest },
      vetted_at: new Date().toISOString(),
      seed,
      findings: [],
      cases: results.map(({ name, entry, verdict, problems }) => ({
        name,
        entry,
        passed: verdict === 'passed',
        problems,
      })),
      attacks: attacks.map(attackLine),
      corpus: scripts.map(attackLine),
    };
  } finally {
    await range.close();
  }
};

const attackRange = async (
  range: Range,
  seed: number,
  count: number,
  firstNumber: number,
): Promise<readonly Verdict[]> => {
  const verdicts: Verdict[] = [];
  const drawn = shuffled(findScripts([CORPUS], { owned: false }), seed).slice(0, count);
  for (const [index, script] of drawn.entries()) {
    const text = readScript(script).toString('utf8');
    const found = await range.run({ number: firstNumber + index, text });
    verdicts.push(guestVerdict(script.name.slice(CORPUS.length + 1), found));
  }
  return verdicts;
};

const textOf = (bytes: Uint8Array | undefined): string =>
  new TextDecoder('utf-8', { fatal: true }).decode(bytes);

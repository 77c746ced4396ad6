import { join } from 'node:path';
import type { PackedPlugin } from '../../broker/catalog/package/pack-plugin.ts';
import { PACKAGE_ROOT } from '../../vocabulary/package-root.ts';
import { type Bench, openBench } from '../kit/bench/open-bench.ts';
import { leastAuthorityHints } from '../kit/check/hints.ts';
import { type PluginCase, runCases } from '../kit/run-cases.ts';
import { findScripts, readScript } from '../probe/find-scripts.ts';
import { openRange } from '../probe/range.ts';
import { shuffled } from '../probe/shuffled.ts';
import { guestVerdict, type Verdict } from '../probe/verdict.ts';
import { type Attack, attackPlugin } from './attack-plugin.ts';
import { randomNumbers } from './random-numbers.ts';
import { attackLine, type VettingReport } from './vetting-report.ts';

/** Attacks of the corpus that a vetting runs, drawn by its seed. */
const CORPUS_SAMPLE = 12;
const FUZZED = 12;
const CORPUS = join(PACKAGE_ROOT, 'test/hazards/corpus');

export interface VettingInput {
  readonly packed: PackedPlugin;
  readonly cases: readonly PluginCase[];
  readonly seed: number;
  /** How many unkind inputs for each entry, and how many attacks of the corpus. */
  readonly fuzzed?: number;
  readonly corpus?: number;
  readonly onProgress?: (line: string) => void;
}

/** Where plugins are vetted: cells for their cases, and an agent with canaries around it. */
export interface VettingGround {
  readonly bench: Bench;
  readonly attack: Attack;
  close(): Promise<void>;
}

/** @throws CommandFailure where no cell or no agent stands */
export const openVettingGround = async (seed: number): Promise<VettingGround> => {
  const bench = await openBench();
  try {
    const range = await openRange('vetting', String(seed));
    const close = async (): Promise<void> => {
      await Promise.all([range.close(), bench.close()]);
    };
    // Each script is a plugin of its own to the range, whichever package it is about.
    let number = 0;
    const attack: Attack = async (name, text) => {
      number += 1;
      return guestVerdict(name, await range.run({ number, text }));
    };
    return Object.freeze<VettingGround>({ bench, attack, close });
  } catch (thrown) {
    await bench.close();
    throw thrown;
  }
};

/**
 * Examines a package as it is, byte for byte: its cases in real cells, its code among canaries, and attacks on the
 * range that watched it. Its manifest was checked when it was packed.
 */
export const vetPackage = async (
  {
    packed,
    cases,
    seed,
    fuzzed = FUZZED,
    corpus = CORPUS_SAMPLE,
    onProgress = () => {},
  }: VettingInput,
  { bench, attack }: Pick<VettingGround, 'bench' | 'attack'>,
): Promise<VettingReport> => {
  const { manifest, digest, files } = packed;
  const manifestText = textOf(files.get('manifest.yaml'));
  const source = textOf(files.get('plugin.js'));
  const results = await runCases({ manifest, manifestText, source }, cases, {
    bench,
    onResult: ({ name, verdict }) => onProgress(`case ${name}: ${verdict}`),
  });
  const plugin = { manifest, source, cases, fuzzed };
  const attacks = await attackPlugin(plugin, attack, randomNumbers(seed));
  for (const { script, verdict } of attacks) onProgress(`canaries ${script}: ${verdict}`);
  const scripts = await attackRange(attack, seed, corpus);
  onProgress(`corpus: ${scripts.length} attacks`);
  return {
    plugin: { id: manifest.id, version: manifest.version, digest },
    vetted_at: new Date().toISOString(),
    seed,
    hints: leastAuthorityHints(manifest, source).map(({ pointer, hint }) => `${pointer}: ${hint}`),
    cases: results.map(({ name, entry, verdict, problems }) => ({
      name,
      entry,
      passed: verdict === 'passed',
      problems,
    })),
    attacks: attacks.map(attackLine),
    corpus: scripts.map(attackLine),
  };
};

const attackRange = async (
  attack: Attack,
  seed: number,
  count: number,
): Promise<readonly Verdict[]> => {
  const verdicts: Verdict[] = [];
  const drawn = shuffled(findScripts([CORPUS], { owned: false }), seed).slice(0, count);
  for (const script of drawn) {
    const text = readScript(script).toString('utf8');
    verdicts.push(await attack(script.name.slice(CORPUS.length + 1), text));
  }
  return verdicts;
};

const textOf = (bytes: Uint8Array | undefined): string =>
  new TextDecoder('utf-8', { fatal: true }).decode(bytes);

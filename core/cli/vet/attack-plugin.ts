import type { JsonObject } from '../../vocabulary/json.ts';
import type { Manifest, ManifestEntry } from '../../vocabulary/manifest.ts';
import type { PluginCase } from '../kit/run-cases.ts';
import type { Verdict } from '../probe/verdict.ts';
import { attackScript } from './attack-script.ts';
import { fuzzInput } from './fuzz-input.ts';

/** Inputs of one run: more would meet the budget of files of a task before they met the plugin. */
const INPUTS_A_RUN = 8;

export interface AttackedPlugin {
  readonly manifest: Manifest;
  readonly source: string;
  readonly cases: readonly PluginCase[];
  /** Unkind inputs for each entry. */
  readonly fuzzed: number;
}

/** Runs one script among the canaries; `name` is what its verdict says of it. */
export type Attack = (name: string, text: string) => Promise<Verdict>;

/**
 * Runs every step and tool of a plugin as an attack is run, with the inputs of its examples and cases and with
 * unkind ones, and says whether anything outside moved.
 */
export const attackPlugin = async (
  { manifest, source, cases, fuzzed }: AttackedPlugin,
  attack: Attack,
  random: () => number,
): Promise<readonly Verdict[]> => {
  const verdicts: Verdict[] = [];
  for (const entry of manifest.entries.values()) {
    const inputs = inputsOf(entry, cases, fuzzed, random);
    for (let from = 0; from < inputs.length; from += INPUTS_A_RUN) {
      const some = inputs.slice(from, from + INPUTS_A_RUN);
      const name = `${entry.name}, inputs ${from + 1} to ${from + some.length}`;
      verdicts.push(await attack(name, attackScript(source, entry, some)));
    }
  }
  return verdicts;
};

const inputsOf = (
  entry: ManifestEntry,
  cases: readonly PluginCase[],
  fuzzed: number,
  random: () => number,
): readonly JsonObject[] => [
  ...entry.examples.map(({ input }) => input),
  ...cases.filter(({ run }) => run === entry.name).map(({ input }) => input),
  ...Array.from({ length: fuzzed }, () => fuzzInput(entry.input, random)),
];

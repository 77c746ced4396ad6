import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { type JsonObject, ownValue } from '../../vocabulary/json.ts';
import type { ManifestEntry } from '../../vocabulary/manifest.ts';
import type { CaseRun } from './bench/bench-messages.ts';
import { type Bench, openBench } from './bench/open-bench.ts';
import type { BuiltPlugin } from './built-plugin.ts';
import type { CaseFiles, PluginCase } from './plugin-case.ts';
import { readFolder } from './read-folder.ts';

export type { CaseRun, HandleUse } from './bench/bench-messages.ts';
export { type BuiltPlugin, loadBuiltPlugin } from './built-plugin.ts';
export { type CaseFiles, type PluginCase, readCases } from './plugin-case.ts';

/** A case, how it ended, and what of that was not expected. */
export interface CaseResult extends CaseRun {
  readonly name: string;
  readonly entry: string;
  readonly verdict: 'passed' | 'failed';
  /** Empty where it passed. */
  readonly problems: readonly string[];
  /** Files that are other ones afterwards, by the names that tasks use. */
  readonly writes: CaseFiles;
}

interface RunOptions {
  /** Cells that stand already; without, they are started and ended. */
  readonly bench?: Bench;
  readonly onResult?: (result: CaseResult) => void;
}

/**
 * Runs each case in a cell under the profile of its entry, with handles on a folder made of the case's files. There
 * are no stand-ins: the gateways are the agent's.
 * @throws CommandFailure where no cell starts
 */
export const runCases = async (
  plugin: Pick<BuiltPlugin, 'manifest' | 'manifestText' | 'source'>,
  cases: readonly PluginCase[],
  { bench: given, onResult }: RunOptions = {},
): Promise<readonly CaseResult[]> => {
  const bench = given ?? (await openBench());
  try {
    const results: CaseResult[] = [];
    for (const each of cases) {
      const result = await runCase(plugin, each, bench);
      results.push(result);
      onResult?.(result);
    }
    return results;
  } finally {
    if (given === undefined) await bench.close();
  }
};

const runCase = async (
  { manifest, manifestText, source }: Pick<BuiltPlugin, 'manifest' | 'manifestText' | 'source'>,
  { name, run: entry, input, files = {}, expect }: PluginCase,
  bench: Bench,
): Promise<CaseResult> => {
  const folder = join(bench.work, 'case');
  const named = new Set(
    [
      ...Object.keys(files),
      ...Object.keys(expect.writes ?? {}),
      ...namesIn(input, manifest.entries.get(entry)),
    ].map((each) => each.split('/')[0] ?? ''),
  );
  const workspaces = [...named].filter((each) => WORKSPACE.test(each));
  await rm(folder, { recursive: true, force: true });
  for (const each of workspaces) await mkdir(join(folder, each), { recursive: true });
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  const run = await bench.run({
    manifest: manifestText,
    source,
    entry,
    input,
    workspaces: Object.fromEntries(workspaces.map((each) => [each, join(folder, each)])),
  });
  const writes = changed(files, await readFolder(folder));
  const problems = problemsOf(run, writes, expect);
  return {
    name,
    entry,
    verdict: problems.length === 0 ? 'passed' : 'failed',
    problems,
    writes,
    ...run,
  };
};

const WORKSPACE = /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/;

const namesIn = (input: JsonObject, entry: ManifestEntry | undefined): readonly string[] =>
  (entry?.annotations ?? [])
    .flatMap(({ parameter }) => ownValue(input, parameter) ?? [])
    .filter((value) => typeof value === 'string');

const changed = (before: CaseFiles, after: CaseFiles): CaseFiles =>
  Object.fromEntries(Object.entries(after).filter(([path, text]) => before[path] !== text));

const problemsOf = (
  { ended, message, output }: CaseRun,
  writes: CaseFiles,
  expect: PluginCase['expect'],
): readonly string[] => {
  const problems: string[] = [];
  const wanted = expect.error ?? 'completed';
  if (ended !== wanted) {
    problems.push(
      `ended \`${ended}\`, expected \`${wanted}\`${message === '' ? '' : `: ${message}`}`,
    );
  } else if (
    expect.output !== undefined &&
    !isDeepStrictEqual(plain(output), plain(expect.output))
  ) {
    problems.push(`output ${JSON.stringify(output)}, expected ${JSON.stringify(expect.output)}`);
  }
  const expected = expect.writes ?? {};
  for (const path of new Set([...Object.keys(expected), ...Object.keys(writes)])) {
    const text = writes[path];
    if (text === undefined) problems.push(`\`${path}\` was not written`);
    else if (expected[path] === undefined)
      problems.push(`\`${path}\` was written, which no \`writes\` expects`);
    else if (expected[path] !== text) problems.push(`\`${path}\` holds another text than expected`);
  }
  return problems;
};

/** Without prototypes and the order of keys, which say nothing. */
const plain = (value: JsonObject | null): unknown => JSON.parse(JSON.stringify(value));

import { globSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { longFirst } from './suites/long-first.ts';
import { runFiles } from './suites/run-files.ts';
import { runTogether } from './suites/together.ts';

/**
 * Runs one suite from `dist/test` and fails when a file in it ran no test: a green run that matched
 * nothing is a failure. `acceptance` also prints `n of m` and the ids that no passing test carries.
 *
 *     node dist/test/runner.js unit|acceptance|hazards|system [--long] [filter]
 */

const SUITES: ReadonlyMap<string, (path: string) => boolean> = new Map([
  ['acceptance', (path) => path.startsWith('acceptance/')],
  ['hazards', (path) => path.startsWith('hazards/')],
  ['system', (path) => path.startsWith('system/')],
  ['unit', (path) => !/^(acceptance|hazards|system)\//.test(path)],
]);

interface Row {
  readonly id: string;
  readonly long?: boolean;
}

const [suite = '', ...rest] = process.argv.slice(2);
const long = rest.includes('--long');
const filter = rest.find((word) => !word.startsWith('--')) ?? '';
const belongs = SUITES.get(suite);
if (belongs === undefined) {
  console.error(`expected one of ${[...SUITES.keys()].join(', ')}, got \`${suite}\``);
  process.exit(2);
}

const here = fileURLToPath(new URL('.', import.meta.url));
const paths = globSync('**/*.test.js', { cwd: here })
  .filter((path) => belongs(path) && path.includes(filter))
  .map((path) => path.slice(0, -'.js'.length))
  .sort();
if (paths.length === 0) {
  console.error(`no test file of \`${suite}\` matches \`${filter}\``);
  process.exit(1);
}
const fileOf = (path: string): string => join(here, `${path}.js`);
const pathOf = (file: string): string => relative(here, file).replace(/\.test\.js$/, '');

process.env['SECAI_LONG'] = long ? '1' : '0';
const timeout = long ? 3_000_000 : 240_000;
/** As many as this machine has processors, two; more take as long and make limits on time fail. */
const CONCURRENCY = 2;
/** More files than this that fail are no matter of load. */
const MOST_AGAIN = 6;
const SLOWEST = 5;

// Each attack and each row has a process of its own.
const shared: ReadonlySet<string> = suite === 'unit' ? runTogether(paths) : new Set();
const startedAt = performance.now();
const first = await runFiles({
  alone: longFirst(paths.filter((path) => !shared.has(path))).map(fileOf),
  together: paths.filter((path) => shared.has(path)).map(fileOf),
  concurrency: CONCURRENCY,
  timeout,
});
// Limits on time are real ones, and the machine may be busy: a file that fails is run once more, alone, and it is
// said. What fails then has failed.
const again = first.failedIn.size > 0 && first.failedIn.size <= MOST_AGAIN;
for (const file of again ? first.failedIn : []) console.log(`\nonce more, alone: ${pathOf(file)}`);
const last = again
  ? await runFiles({ alone: [...first.failedIn], together: [], concurrency: 1, timeout })
  : first;

const counts = new Map([...first.ranIn, ...last.ranIn]);
const empty = [...counts].filter(([, count]) => count === 0).map(([file]) => pathOf(file));
for (const path of empty) console.error(`no test ran in ${path}`);

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
const slowest = first.times.toSorted((a, b) => b.ms - a.ms).slice(0, SLOWEST);
console.log(
  `\n${suite}: ${paths.length} files in ${seconds(performance.now() - startedAt)}; the slowest: ` +
    slowest
      .map(
        ({ file, ms }) =>
          `${file === undefined ? `${shared.size} in one process` : pathOf(file)} ${seconds(ms)}`,
      )
      .join(', '),
);

const countRows = (): boolean => {
  const rows: readonly Row[] = JSON.parse(
    readFileSync(join(here, '../../test/acceptance/rows.json'), 'utf8'),
  );
  // A row holds when a test carries its id and none that does has failed.
  const carries = (titles: ReadonlySet<string>, id: string) =>
    [...titles].some((title) => title.includes(id));
  const passed = new Set([...first.passed, ...last.passed]);
  const missing = rows.filter(({ id }) => !carries(passed, id) || carries(last.failed, id));
  console.log(`\nacceptance: ${rows.length - missing.length} of ${rows.length}`);
  for (const { id } of missing) console.log(`missing: ${id}`);
  return missing.length === 0;
};

const complete = suite === 'acceptance' && filter === '' ? countRows() : true;
process.exitCode = last.failedIn.size > 0 || empty.length > 0 || !complete ? 1 : 0;

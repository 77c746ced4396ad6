import { globSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { fileURLToPath } from 'node:url';

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
const files = globSync('**/*.test.js', { cwd: here })
  .filter((path) => belongs(path) && path.includes(filter))
  .sort()
  .map((path) => join(here, path));
if (files.length === 0) {
  console.error(`no test file of \`${suite}\` matches \`${filter}\``);
  process.exit(1);
}

process.env['SECAI_LONG'] = long ? '1' : '0';
const ranIn = new Map<string, number>(files.map((file) => [file, 0]));
const passed = new Set<string>();
const failed = new Set<string>();

/** Runs the files and answers those in which a test failed. */
const runFiles = (paths: readonly string[], concurrency: number): Promise<ReadonlySet<string>> =>
  new Promise((resolve) => {
    const failedIn = new Set<string>();
    const events = run({
      files: [...paths],
      concurrency,
      isolation: 'process',
      timeout: long ? 3_000_000 : 240_000,
    });
    events.on('test:pass', (data) => {
      // A file that registers no test passes as one test named after itself; that one does not count.
      if (data.name === data.file || data.skip !== undefined || data.todo !== undefined) return;
      if (data.file !== undefined) ranIn.set(data.file, (ranIn.get(data.file) ?? 0) + 1);
      passed.add(data.name);
      failed.delete(data.name);
    });
    events.on('test:fail', (data) => {
      failed.add(data.name);
      if (data.file === undefined) return;
      failedIn.add(data.file);
      ranIn.set(data.file, (ranIn.get(data.file) ?? 0) + 1);
    });
    const report = events.compose(spec);
    report.pipe(process.stdout, { end: false });
    report.on('end', () => resolve(failedIn));
  });

/** More files than this that fail are no matter of load. */
const MOST_AGAIN = 6;

// Limits on time are real ones, and the machine may be busy: a file that fails is run once more, alone, and it is
// said. What fails then has failed.
let failing = await runFiles(files, 2);
if (failing.size > 0 && failing.size <= MOST_AGAIN) {
  for (const file of failing) console.log(`\nonce more, alone: ${relative(here, file)}`);
  failed.clear();
  failing = await runFiles([...failing], 1);
}

const empty = [...ranIn].filter(([, count]) => count === 0).map(([file]) => relative(here, file));
for (const file of empty) console.error(`no test ran in ${file}`);

const countRows = (): boolean => {
  const rows: readonly Row[] = JSON.parse(
    readFileSync(join(here, '../../test/acceptance/rows.json'), 'utf8'),
  );
  // A row holds when a test carries its id and none that does has failed.
  const carries = (titles: ReadonlySet<string>, id: string) =>
    [...titles].some((title) => title.includes(id));
  const missing = rows.filter(({ id }) => !carries(passed, id) || carries(failed, id));
  console.log(`\nacceptance: ${rows.length - missing.length} of ${rows.length}`);
  for (const { id } of missing) console.log(`missing: ${id}`);
  return missing.length === 0;
};

const complete = suite === 'acceptance' && filter === '' ? countRows() : true;
process.exitCode = failing.size > 0 || empty.length > 0 || !complete ? 1 : 0;

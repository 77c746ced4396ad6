import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';

export interface FilesEnd {
  /** Files in which a test failed. */
  readonly failedIn: ReadonlySet<string>;
  /** How many tests ran in each file. */
  readonly ranIn: ReadonlyMap<string, number>;
  /** Titles of tests. */
  readonly passed: ReadonlySet<string>;
  readonly failed: ReadonlySet<string>;
  /** How long each process took; that of many files has no name. */
  readonly times: readonly { readonly file: string | undefined; readonly ms: number }[];
}

interface FilesOptions {
  /** Each in a process of its own. */
  readonly alone: readonly string[];
  /** All in one process. */
  readonly together: readonly string[];
  readonly concurrency: number;
  /** The most that a process may take. */
  readonly timeout: number;
}

const COMPILE_CACHE = new URL('./compile-cache.js', import.meta.url);

/** Runs compiled test files, given as absolute paths, and reports on stdout. */
export const runFiles = async ({
  alone,
  together,
  concurrency,
  timeout,
}: FilesOptions): Promise<FilesEnd> => {
  const folder = mkdtempSync(join(tmpdir(), 'secai-tests-'));
  const cache = new URL(COMPILE_CACHE);
  cache.search = encodeURIComponent(join(folder, 'compiled'));
  const entry = join(folder, 'together.test.mjs');
  writeFileSync(entry, together.map((file) => `import ${JSON.stringify(file)};\n`).join(''));
  const ranIn = new Map<string, number>([...alone, ...together].map((file) => [file, 0]));
  const passed = new Set<string>();
  const failed = new Set<string>();
  const failedIn = new Set<string>();
  const times: { file: string | undefined; ms: number }[] = [];
  const count = (file: string): void => void ranIn.set(file, (ranIn.get(file) ?? 0) + 1);

  const events = run({
    files: together.length > 0 ? [entry, ...alone] : [...alone],
    concurrency,
    isolation: 'process',
    execArgv: ['--import', cache.href],
    timeout,
  });
  events.on('test:pass', ({ name, file, skip, todo }) => {
    // A file that registers no test passes as one test named after itself; that one does not count.
    if (name === file || skip !== undefined || todo !== undefined) return;
    if (file !== undefined) count(file);
    passed.add(name);
  });
  events.on('test:fail', ({ name, file }) => {
    failed.add(name);
    if (file === undefined) return;
    // What ends the common process, between two tests or for a file that does not load, is a failure of all.
    for (const each of file === entry ? together : [file]) failedIn.add(each);
    if (file !== entry) count(file);
  });
  events.on('test:summary', ({ file, duration_ms: ms }) => {
    if (file === undefined) return;
    times.push({ file: file === entry ? undefined : file, ms });
  });
  const report = events.compose(spec);
  report.pipe(process.stdout, { end: false });
  await new Promise((resolve) => report.on('end', resolve));
  rmSync(folder, { recursive: true, force: true });
  return { failedIn, ranIn, passed, failed, times };
};

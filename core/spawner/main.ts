import { fileURLToPath } from 'node:url';
import { runSpawner } from './run-spawner.ts';

// Started by the broker before anything else: `main.js cell|owned [--readable=FOLDER] [--weak]`. An owned cell runs
// an attacker's script behind the same lock; only `doctor` and `probe` start a spawner for those. They alone name a
// folder too: a library lies there, which such a cell loads before its lock.
const ENTRIES: ReadonlyMap<string, string> = new Map([
  ['cell', '../cell/main.js'],
  ['owned', '../cell/owned.js'],
]);

const READABLE = /^--readable=\/./;
const [entry = '', ...flags] = process.argv.slice(2);
const main = ENTRIES.get(entry);
const readable = flags.filter((flag) => entry === 'owned' && READABLE.test(flag));
if (main === undefined || flags.some((flag) => flag !== '--weak' && !readable.includes(flag))) {
  process.stderr.write('expected `cell` or `owned`, then `--weak` or nothing\n');
  process.exitCode = 2;
} else {
  const path = fileURLToPath(new URL(main, import.meta.url));
  runSpawner({
    main: path,
    weak: flags.includes('--weak'),
    readable: readable.map((flag) => flag.slice('--readable='.length)),
  });
}

import { fileURLToPath } from 'node:url';
import { runSpawner } from './run-spawner.ts';

// Started by the broker before anything else: `main.js cell|owned [--weak]`. An owned cell runs an attacker's
// script behind the same lock; only `doctor` and `probe` start a spawner for those.
const ENTRIES: ReadonlyMap<string, string> = new Map([
  ['cell', '../cell/main.js'],
  ['owned', '../cell/owned.js'],
]);

const [entry = '', ...flags] = process.argv.slice(2);
const main = ENTRIES.get(entry);
if (main === undefined || flags.some((flag) => flag !== '--weak')) {
  process.stderr.write('expected `cell` or `owned`, then `--weak` or nothing\n');
  process.exitCode = 2;
} else {
  const path = fileURLToPath(new URL(main, import.meta.url));
  runSpawner({ main: path, weak: flags.includes('--weak') });
}

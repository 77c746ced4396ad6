import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../core/vocabulary/package-root.ts';
import { loadedBy, sourceFiles } from '../architecture/source-files.ts';

// A process costs a third of a second before its first test. Files that only compute share one; whatever starts a
// process or a thread, calls the kernel by native code, or listens has its own, and so has whatever changes what
// other files in the same process would see. Nobody keeps a list: the imports of a file decide.

/** The modules that a file may reach that shares its process. None of them is left changed for the next file. */
const HARMLESS: ReadonlySet<string> = new Set([
  'ajv/dist/2020.js',
  'fast-check',
  'node:assert/strict',
  'node:async_hooks',
  'node:buffer',
  'node:crypto',
  'node:events',
  'node:fs',
  'node:fs/promises',
  'node:os',
  'node:path',
  'node:stream',
  'node:test',
  'node:timers/promises',
  'node:url',
  'node:util',
  're2js',
  'yaml',
]);

/** Of the process it may read what never changes, and which tier this is. */
const OF_THE_PROCESS = /\bprocess\.(?!(?:arch|platform|versions|pid)\b|env\['SECAI_LONG'\])/;
/** Replaced language objects, faked clocks, and hooks that stand before every test of the process. */
const OF_ALL = /\bglobalThis\b|\bmock\b|\b(?:before|beforeEach|afterEach)\b.*from 'node:test'/;

const OWN = /\.ts$/;

/** Those of the test files (paths below `test/`, without `.ts`) that may run in one process. */
export const runTogether = (tests: readonly string[]): ReadonlySet<string> => {
  const sources = sourceFiles('{core,plugins,test}/**/*.ts');
  const harmless = new Map<string, boolean>();
  const isHarmless = (target: string): boolean => {
    const known = harmless.get(target);
    if (known !== undefined) return known;
    const answer = OWN.test(target) ? isQuiet(target) : HARMLESS.has(target) || isData(target);
    harmless.set(target, answer);
    return answer;
  };
  return new Set(
    tests.filter((path) => [...loadedBy(sources, `test/${path}.ts`)].every(isHarmless)),
  );
};

const isQuiet = (path: string): boolean => {
  const text = readFileSync(join(PACKAGE_ROOT, path), 'utf8');
  return !OF_THE_PROCESS.test(text) && !OF_ALL.test(text);
};

const isData = (target: string): boolean => target.endsWith('.json');

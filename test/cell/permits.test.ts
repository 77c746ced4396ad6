import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';

// What this engine has and our list does not name, by the path at which a walk meets it first. The list
// is published here so that an engine upgrade shows: a new name fails this test and is still deleted.
// `Intl` goes at first and comes back, swept by its own list, when a step asks for it.
const REMOVED = `
global: Atomics FinalizationRegistry Intl SharedArrayBuffer Temporal WeakRef console escape eval unescape
ArrayBuffer: @@species
ArrayBuffer.prototype: detached maxByteLength resizable resize transfer transferToFixedLength
Date.prototype: getYear setYear toGMTString toTemporalInstant
Function.prototype: arguments caller
Intl: DateTimeFormat DurationFormat v8BreakIterator
JSON: isRawJSON rawJSON
Object.prototype: __defineGetter__ __defineSetter__ __lookupGetter__ __lookupSetter__ __proto__
RegExp: $& $' $+ $1 $2 $3 $4 $5 $6 $7 $8 $9 $_ $\` input lastMatch lastParen leftContext rightContext
RegExp.prototype: compile
String.prototype: anchor big blink bold fixed fontcolor fontsize italics link small strike sub sup
`
  .trim()
  .split('\n');

const PROBE = `
import { readFileSync, writeSync } from 'node:fs';
import ivm from ${JSON.stringify(import.meta.resolve('isolated-vm'))};
const { linkGuestProgram } = await import(${JSON.stringify(
  new URL('../../core/cell/guest-program.js', import.meta.url).href,
)});
const folder = new URL(${JSON.stringify(new URL('../../core/guest/', import.meta.url).href)});
const program = linkGuestProgram((file) => readFileSync(new URL(file, folder), 'utf8'));
// the linked program, stopped before it sweeps: what would go, and what is named but missing
const look = program.slice(0, program.indexOf('fixClocks();')) + \`
  const extras = [], missing = [];
  const paths = new Map();
  const segments = new realIntl.Segmenter().segment('a');
  const unnamed = { ...findUnnamed(), '%Segments%': getPrototypeOf(segments),
    '%SegmentIterator%': getPrototypeOf(segments[Symbol.iterator]()) };
  for (const line of (PERMITS + '\\\\n' + INTL_PERMITS).split('\\\\n')) {
    const [path, names] = line.split(': ');
    const [first, ...rest] = path.split('.');
    let object = first in unnamed ? unnamed[first] : valueAt(globalThis, first);
    for (const name of rest) object = valueAt(object, name);
    if (!isObject(object)) { missing.push(path); continue; }
    const own = ownKeys(object).map(nameOf);
    const always = typeof object === 'function' ? ['length', 'name'] : [];
    const extra = own.filter((name) => !names.split(' ').includes(name) && !always.includes(name));
    if (extra.length > 0) extras.push(path + ': ' + extra.sort().join(' '));
    for (const name of names.split(' ')) if (!own.includes(name)) missing.push(path + '.' + name);
  }
  return JSON.stringify({ lines: extras.sort(), missing });\`;
const isolate = new ivm.Isolate({ memoryLimit: 32 });
const context = await isolate.createContext();
writeSync(1, await context.evalClosure(look, [new ivm.Reference(() => {})]));
isolate.dispose();
process.kill(process.pid, 'SIGKILL');
`;

test('the engine has exactly the names that the permit list and this table expect', () => {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['--jitless', '--no-node-snapshot', '--input-type=module', '--eval', PROBE],
    { encoding: 'utf8' },
  );
  assert.equal(stderr, '');
  const { lines, missing } = JSON.parse(stdout);
  assert.deepEqual(lines, REMOVED.toSorted());
  assert.deepEqual(missing, ['Error.prepareStackTrace']);
});

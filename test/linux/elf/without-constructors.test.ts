import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { assertInert, withoutConstructors } from '../../../core/linux/elf/without-constructors.ts';
import { AgentError } from '../../../core/vocabulary/errors.ts';
import { compileLibrary, withoutCompiler } from '../../harness/compile-library.ts';

const ARCHITECTURE = process.arch === 'arm64' ? 'arm64' : 'x64';
const OTHER = process.arch === 'arm64' ? 'x64' : 'arm64';
const PLAIN = 'int attack(void) { return 7; }';
const OWN = '__attribute__((constructor)) static void early(void) { x = 1; }';
const CONSTRUCTOR = `static int x; ${OWN} int attack(void) { return x; }`;
const INDIRECT = `
  static int seven(void) { return 7; }
  static void *choose(void) { return seven; }
  int attack(void) __attribute__((ifunc("choose")));
  int (*kept)(void) = attack;
`;
const skip = withoutCompiler;

test('what gcc makes of a plain library passes once the initialisers of the compiler are cut out', {
  skip,
}, (t) => {
  const file = readFileSync(compileLibrary(t, PLAIN));
  assert.throws(() => assertInert(file, ARCHITECTURE), /constructors/);
  const cut = withoutConstructors(file, ARCHITECTURE);
  assertInert(cut, ARCHITECTURE);
  assert.equal(cut.length, file.length);
});

test('a library that runs code when it is loaded is refused, however it was told to', {
  skip,
}, (t) => {
  const cases: readonly (readonly [source: string, flags: readonly string[], reason: RegExp])[] = [
    [CONSTRUCTOR, [], /constructors of its own/],
    [CONSTRUCTOR, ['-nostartfiles'], /constructors of its own/],
    [PLAIN, ['-nostartfiles', '-Wl,-init,attack'], /constructors of its own/],
    [INDIRECT, [], /indirect functions/],
    [PLAIN, ['-Wl,--no-as-needed', '-lutil', '-lresolv'], /needs `lib/],
    [PLAIN, ['-Wl,-rpath,/tmp'], /entry/],
    [PLAIN, ['-z', 'execstack'], /executable stack/],
    [PLAIN, ['-Wl,--audit,/tmp/audit.so'], /entry/],
    [PLAIN, ['-Wl,-F,libfilter.so'], /entry/],
  ];
  for (const [source, flags, reason] of cases) {
    const file = readFileSync(compileLibrary(t, source, flags));
    assert.throws(() => withoutConstructors(file, ARCHITECTURE), reason, flags.join(' '));
  }
});

test('a file that is no library of this processor is refused', { skip }, (t) => {
  const file = readFileSync(compileLibrary(t, PLAIN));
  assert.throws(() => withoutConstructors(file, OTHER), /not a shared library/);
  assert.throws(() => withoutConstructors(Buffer.from('#!/bin/sh\n'), ARCHITECTURE), /not a 64/);
  assert.throws(() => withoutConstructors(file.subarray(0, 200), ARCHITECTURE), AgentError);
});

test('a library with any bytes changed is either refused or inert', { skip }, (t) => {
  const good = withoutConstructors(readFileSync(compileLibrary(t, PLAIN)), ARCHITECTURE);
  // The headers and the dynamic section, where a change says something.
  const dynamic = good.indexOf(Buffer.from([0x10, 0, 0, 0x60, 0, 0, 0, 0]));
  const place = fc.oneof(
    fc.nat({ max: 1000 }),
    fc.integer({ min: dynamic - 64, max: dynamic + 448 }),
  );
  fc.assert(
    fc.property(
      fc.array(fc.tuple(place, fc.nat(255)), { minLength: 1, maxLength: 4 }),
      (changes) => {
        const file = Buffer.from(good);
        for (const [at, byte] of changes) file[at] = byte;
        try {
          assertInert(withoutConstructors(file, ARCHITECTURE), ARCHITECTURE);
        } catch (thrown) {
          assert.ok(thrown instanceof AgentError, String(thrown));
        }
      },
    ),
  );
});

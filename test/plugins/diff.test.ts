import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import fc from 'fast-check';
import { editScript, MOST_EDITS } from '../../plugins/diff/edit-script.ts';
import { unified } from '../../plugins/diff/unified.ts';

const line = fc.constantFrom('a', 'b', 'c', 'd');
const text = fc.array(line, { maxLength: 30 });

test('an edit script leads from one text to the other and is a shortest one', () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      const runs = editScript(before, after) ?? [];
      const old: string[] = [];
      const now: string[] = [];
      let edits = 0;
      for (const run of runs) {
        if (run.kind !== 'added') old.push(...before.slice(run.before, run.before + run.count));
        if (run.kind !== 'removed') now.push(...after.slice(run.after, run.after + run.count));
        if (run.kind !== 'same') edits += run.count;
      }
      assert.deepEqual([old, now], [before, after]);
      assert.equal(edits, before.length + after.length - 2 * longestCommon(before, after));
    }),
  );
});

test('a unified difference is one that patch applies', () => {
  const folder = mkdtempSync(join(tmpdir(), 'diff-'));
  try {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const hunks = unified(editScript(before, after) ?? [], before, after);
        if (hunks === '') return assert.deepEqual(before, after);
        const file = join(folder, 'file');
        writeFileSync(file, ended(before));
        const patch = `--- file\n+++ file\n${hunks}`;
        execFileSync('git', ['apply', '--unidiff-zero', '--whitespace=nowarn', '-'], {
          cwd: folder,
          input: patch,
        });
        const result = after.length === 0 ? readOr(file, '') : readFileSync(file, 'utf8');
        assert.equal(result, ended(after));
      }),
      { numRuns: 40 },
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('texts that differ nearly everywhere are refused, and the work for them is bounded', () => {
  const many = (word: string) => Array.from({ length: 5 * MOST_EDITS }, (_, i) => `${word} ${i}`);
  assert.equal(editScript(many('old'), many('new')), undefined);
});

const ended = (lines: readonly string[]): string => lines.map((text) => `${text}\n`).join('');

const readOr = (file: string, absent: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return absent;
  }
};

const longestCommon = (a: readonly string[], b: readonly string[]): number => {
  const table = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let i = 1; i <= a.length; i += 1) {
    for (let j = 1; j <= b.length; j += 1) {
      const row = table[i] ?? [];
      const above = table[i - 1] ?? [];
      row[j] =
        a[i - 1] === b[j - 1] ? (above[j - 1] ?? 0) + 1 : Math.max(above[j] ?? 0, row[j - 1] ?? 0);
    }
  }
  return table[a.length]?.[b.length] ?? 0;
};

import assert from 'node:assert/strict';
import { openSync, readdirSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { assertContained, openHazardRange } from '../harness/hazard.ts';

// Attack 84: what speculation could read is what lies in the address space of the cell. Only root may look there.

const MARK = 'a text that this very step holds';

/** Which of these texts stand somewhere in the writable memory of a process. */
const foundIn = (pid: number, texts: ReadonlyMap<string, Buffer>): readonly string[] => {
  const memory = openSync(`/proc/${pid}/mem`, 'r');
  const found = new Set<string>();
  for (const line of readFileSync(`/proc/${pid}/maps`, 'utf8').split('\n')) {
    const [, from, to] = /^([0-9a-f]+)-([0-9a-f]+) rw/.exec(line) ?? [];
    if (from === undefined || to === undefined) continue;
    const start = Number.parseInt(from, 16);
    const bytes = Buffer.alloc(Math.min(Number.parseInt(to, 16) - start, 64 * 1024 * 1024));
    try {
      readSync(memory, bytes, 0, bytes.length, start);
    } catch {
      continue;
    }
    for (const [name, text] of texts) if (bytes.includes(text)) found.add(name);
  }
  return [...found];
};

const skip = process.geteuid?.() === 0 ? false : 'only root reads the memory of a cell';

test('no secret of the broker lies in the memory of a cell', { skip }, async (t) => {
  const range = await openHazardRange(t);
  const credentials = join(range.folder.root, 'credentials');
  const texts = new Map([['the step itself', Buffer.from(MARK)]]);
  for (const name of readdirSync(credentials)) {
    const secret = readFileSync(join(credentials, name), 'utf8').trim();
    texts.set(`${name} as text`, Buffer.from(secret));
    texts.set(`${name} as bytes`, Buffer.from(secret, 'hex'));
  }
  const environment = process.env['SECAI_CANARY'] ?? '';
  texts.set('our environment', Buffer.from(environment));
  let found: readonly string[] = [];
  const result = await range.attack({
    script: '084-secrets-in-memory',
    whileRunning: () => {
      found = range.broker.cellPids().flatMap((pid) => foundIn(pid, texts));
    },
  });
  assertContained(result);
  assert.ok(texts.size > 8);
  assert.deepEqual([...new Set(found)], ['the step itself']);
});

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { cleanEnvironment } from '../defences/clean-environment.ts';
import { readDefences } from '../defences/defence.ts';

const LONG = process.env['SECAI_LONG'] === '1';
const asRoot = process.getuid?.() === 0;
const PROGRAM = fileURLToPath(new URL('../defences/run.js', import.meta.url));

/** One of the broker, one of the channel, one of the guest; quick ones. */
const SAMPLE = ['channel-json-bytes', 'guest-plain-buffers', 'storage-hard-links'];

const takeAway = (...only: readonly string[]) => {
  const parts = [PROGRAM, ...only.flatMap((name) => ['--only', name])];
  const { status, stdout } = spawnSync(process.execPath, parts, {
    encoding: 'utf8',
    env: cleanEnvironment(),
    maxBuffer: 64 * 1024 * 1024,
  });
  return { status, stdout };
};

// The short run tries three defences; that every patch still applies is held by a test beside them.
test(`defences.bite: ${LONG ? 'each' : 'a sample'} of the defences has hazards that fail without it`, () => {
  const all = readDefences().filter(({ needsRoot }) => asRoot || !needsRoot);
  const count = LONG ? all.length : SAMPLE.length;
  const { status, stdout } = takeAway(...(LONG ? [] : SAMPLE));
  assert.ok(stdout.includes(`# defences: ${count} of ${count} bite`), stdout);
  assert.equal(status, 0, stdout);
});

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeSystemdAnalyze } from '../systemd/systemd-analyze.ts';

const CELLS = ['secai-cell', 'secai-cell-strict', 'secai-cell-vetting'];
const UNITS = [
  'secure-ai-agent.service',
  'secai.slice',
  ...CELLS.flatMap((name) => [`${name}.socket`, `${name}@.service`]),
];

test('units.score: systemd has nothing to say against any unit', (t) => {
  const analyze = makeSystemdAnalyze(t);
  if (analyze !== undefined) assert.equal(analyze.verify(...UNITS), '');
});

test('units.score: the exposure of the agent is at most 1.5, of a cell at most 1.0', (t) => {
  const analyze = makeSystemdAnalyze(t);
  if (analyze === undefined) return;
  const agent = analyze.exposure('secure-ai-agent.service');
  const cells = CELLS.map((name) => analyze.exposure(`${name}@.service`));
  t.diagnostic(`exposure: agent ${agent}, cells ${cells.join(', ')}`);
  assert.ok(agent <= 1.5, `agent ${agent}`);
  for (const cell of cells) assert.ok(cell <= 1.0, `cell ${cell}`);
});

test('units.score: an unknown key and a lost line are noticed', (t) => {
  const analyze = makeSystemdAnalyze(t);
  if (analyze === undefined) return;
  const file = join(analyze.folder, 'secai-cell@.service');
  const unit = readFileSync(file, 'utf8');
  writeFileSync(file, unit.replace('PrivateNetwork=yes', 'PrivateNetworks=yes'));
  assert.match(analyze.verify(...UNITS), /Unknown key .PrivateNetworks./);
  writeFileSync(file, unit.replace(/^SystemCallFilter=.*\n/gm, ''));
  assert.ok(analyze.exposure('secai-cell@.service') > 1.0);
});

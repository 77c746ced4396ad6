import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import { type MatrixRow, policyMatrix } from '../../core/broker/policy/policy-matrix.ts';
import { ACTIONS, type Action, MODES, PREFERENCES } from '../../core/vocabulary/enums.ts';
import { policyFrom, SHIPPED } from '../broker/policy/shipped-policy.ts';
import { makeAgentFolder } from '../harness/agent-folder.ts';
import { secaiAgent } from '../harness/cli.ts';
import { BUILT } from './built-actions.ts';
import table from './policy-matrix.json' with { type: 'json' };

// The table is checked in to be read: one line a row, its columns in its first line. A change of who may
// do what is a change of that file.

const rows = policyMatrix(policyFrom(SHIPPED), BUILT);

const lineOf = (row: MatrixRow): string =>
  [
    row.action,
    row.mode,
    row.preference,
    row.online ? 'online' : 'offline',
    row.resources.join(' ') || '-',
    row.executor ? 'built' : 'not built',
    row.decision,
    row.rule,
    row.reason,
  ].join(' | ');

test('policy.matrix: the matrix equals the checked-in table, row by row', () => {
  const [, ...lines] = table;
  assert.deepEqual(rows.map(lineOf), lines);
});

test('policy.matrix: `secai-agent policy matrix --json` prints the same table, online off and on', async (t) => {
  const { policyFile } = await makeAgentFolder(t);
  await writeFile(policyFile, SHIPPED);
  const { code, out, err } = await secaiAgent([
    'policy',
    'matrix',
    '--json',
    '--policy',
    policyFile,
  ]);
  assert.equal(code, 0, err);
  const printed: readonly MatrixRow[] = JSON.parse(out);
  assert.deepEqual(printed.map(lineOf), table.slice(1));
  assert.deepEqual(new Set(printed.map(({ online }) => online)), new Set([true, false]));
});

test('policy.matrix: every action, mode, preference and online state stands in it once', () => {
  const cases = [true, false].flatMap((online) =>
    ACTIONS.flatMap((action) =>
      MODES.flatMap((mode) =>
        PREFERENCES.map((preference) => [action, mode, preference, online].join()),
      ),
    ),
  );
  assert.equal(rows.length, 17 * 4 * 3 * 2);
  const found = rows.map(({ action, mode, preference, online }) =>
    [action, mode, preference, online].join(),
  );
  assert.deepEqual(found.sort(), cases.sort());
});

// A second statement of what the table must say, in the words of the requirements and not of the rules.
const expected = ({ action, preference }: MatrixRow): MatrixRow['decision'] => {
  const reads: readonly Action[] = ['local_search', 'summarize', 'report'];
  const follows: readonly Action[] = ['read_file', 'write_file', 'overwrite_file', 'tool_invoke'];
  if (preference === 'never') return 'deny';
  if (reads.includes(action)) return preference === 'ask' ? 'ask' : 'allow';
  if (follows.includes(action)) return preference === 'ask' ? 'ask' : 'allow';
  return 'deny';
};

test('policy.matrix: only built actions are allowed or asked for, each as its preference says', () => {
  for (const row of rows) assert.equal(row.decision, expected(row), lineOf(row));
});

test('policy.matrix: every action that is not built is denied with the words of the contract', () => {
  for (const { action, executor, reason } of rows) {
    if (executor || action === 'change_security') continue;
    assert.equal(reason, `action '${action}' has no production executor and is denied`);
  }
});

test('policy.matrix: with every executor there, the high-risk actions ask where they may be online', () => {
  const all = new Map(ACTIONS.map((action) => [action, BUILT.get(action) ?? { annotations: [] }]));
  const complete = policyMatrix(policyFrom(SHIPPED), all);
  const outcomes = (action: Action, online: boolean): string =>
    MODES.map((mode) => {
      const found = complete.filter(
        (row) => row.action === action && row.mode === mode && row.online === online,
      );
      return [...new Set(found.map(({ decision }) => decision))].join('/');
    }).join(' ');
  assert.equal(outcomes('outbound_request', false), 'deny deny ask deny');
  assert.equal(outcomes('outbound_request', true), 'deny ask ask deny');
  assert.equal(outcomes('export_data', true), 'deny ask ask deny');
  assert.equal(outcomes('trust_change', false), 'ask ask ask ask');
  assert.equal(outcomes('change_security', true), 'deny deny deny deny');
  assert.equal(
    outcomes('tool_invoke', false),
    'allow/ask/deny allow/ask/deny allow/ask/deny allow/ask/deny',
  );
});

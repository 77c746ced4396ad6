import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { SERVE } from '../harness/agent.ts';
import { runCommand } from '../harness/cli.ts';
import { type Patch, patchedCopy } from '../harness/patched-copy.ts';

interface Report {
  readonly ok: boolean;
  readonly scripts: readonly {
    readonly verdict: string;
    readonly canaries: readonly { readonly canary: string; readonly what: string }[];
    readonly got_through: readonly { readonly call: string; readonly answer: string }[];
  }[];
}

/** What a probe by this program says of this one script. */
const probe = async (
  t: TestContext,
  program: string,
  text: string,
  ...options: readonly string[]
): Promise<Report['scripts'][number] & { readonly code: number | null }> => {
  const folder = mkdtempSync(join(tmpdir(), 'secai-escape-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const script = join(folder, 'escape.js');
  writeFileSync(script, text);
  const { code, out, err } = await runCommand(
    process.execPath,
    [program, 'probe', script, '--json', ...options],
    {},
  );
  const report: Report = JSON.parse(out || `{"scripts":[],"err":${JSON.stringify(err)}}`);
  const [verdict] = report.scripts;
  assert.ok(verdict, err);
  assert.equal(report.ok, code === 0);
  return { ...verdict, code };
};

// One hole a class: the broker hands a guest more than it should, and the filter of a cell allows a call.

const HANDS_OVER: readonly Patch[] = [
  {
    file: 'dist/core/broker/execute/attempt-step.js',
    from: '        input,\n',
    to: "        input: { ...input, also: process.env['SECAI_CANARY'] },\n",
  },
];
const TELLS = 'return { backwards: String(input.also).split("").reverse().join("-") };';

test('probe.catches: a guest that is handed the secret of the environment has ESCAPED', async (t) => {
  const whole = await probe(t, SERVE, TELLS);
  assert.deepEqual([whole.code, whole.verdict], [0, 'contained']);
  const { code, verdict, canaries } = await probe(t, patchedCopy(t, HANDS_OVER), TELLS);
  assert.deepEqual([code, verdict], [2, 'ESCAPED']);
  assert.deepEqual(canaries, [{ canary: 'environment', what: 'its secret was told' }]);
});

const ALLOWS_SOCKETS: readonly Patch[] = [
  {
    file: 'sandbox-profiles/seccomp/cell.json',
    from: '"names": ["futex", ',
    to: '"names": ["socket", "connect", "futex", ',
  },
  // The cell tries its own wall before it serves, and would not.
  {
    file: 'dist/core/cell/lock/trial.js',
    from: 'return acts.flatMap(',
    to: "return acts.filter(({ call }) => call !== 'socket').flatMap(",
  },
];
const CONNECTS = `
const call = (name, ...values) => syscall(numbers.get(name), ...values).value;
const address = new Uint8Array(110);
new DataView(address.buffer).setUint16(0, 1, true);
address.set(new TextEncoder().encode(SECAI_CANARIES.unix_socket), 2);
call('connect', call('socket', 1, 1, 0), address, address.length);
`;

test('probe.catches: an owned cell whose filter allows sockets has ESCAPED, by name of call and canary', async (t) => {
  const whole = await probe(t, SERVE, CONNECTS, '--owned');
  assert.deepEqual([whole.code, whole.verdict], [0, 'contained']);
  const { code, verdict, canaries, got_through } = await probe(
    t,
    patchedCopy(t, ALLOWS_SOCKETS),
    CONNECTS,
    '--owned',
  );
  assert.deepEqual([code, verdict], [2, 'ESCAPED']);
  assert.deepEqual(canaries, [{ canary: 'unix_socket', what: 'somebody connected' }]);
  assert.deepEqual(
    got_through.map(({ call }) => call),
    ['socket', 'connect'],
  );
});

import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { makeSpawnerLauncher } from '../../core/broker/main/powers/spawner-launcher.ts';
import type { StartCells } from '../../core/cli/doctor/cells.ts';
import { examine } from '../../core/cli/doctor/examine.ts';
import type { Row } from '../../core/cli/doctor/row.ts';
import { PACKAGE_ROOT } from '../../core/vocabulary/package-root.ts';
import { SERVE } from '../harness/agent.ts';
import { makeAgentFolder } from '../harness/agent-folder.ts';
import { type CommandEnd, runCommand } from '../harness/cli.ts';

const LONG = process.env['SECAI_LONG'] === '1';
const WITHOUT_CALLS = join(PACKAGE_ROOT, 'dist/test/harness/without-calls.js');
const PR_SET_MDWE = 65;

/** The calls by which a layer is put up, and which a kernel without it does not know. */
const CALLS = new Map([
  ['landlock', 'landlock_create_ruleset'],
  ['seccomp', 'seccomp'],
  ['mdwe', `prctl:${PR_SET_MDWE}`],
]);

/** Runs the command line on a kernel that seems to lack a layer. */
const without = (
  layer: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<CommandEnd> =>
  runCommand(process.execPath, [WITHOUT_CALLS, CALLS.get(layer) ?? '', SERVE, ...args], { env });

for (const layer of CALLS.keys()) {
  test(`wall.doctor_fails: without ${layer} doctor ends with 1 and names the row`, {
    skip:
      layer === 'landlock' && !LONG ? 'the report for people shows it: runs with --long' : false,
  }, async () => {
    const { code, out, err } = await without(layer, ['doctor', '--json', '--profile', 'standard']);
    assert.equal(code, 1, err);
    const { ok, missing }: { ok: boolean; missing: { row: string; remedy: string }[] } =
      JSON.parse(out);
    assert.equal(ok, false);
    for (const process of ['broker', 'spawner']) {
      const found = missing.find(({ row }) => row === `${process}: lock itself: ${layer}`);
      assert.ok(found && found.remedy.length > 0, JSON.stringify(missing));
    }
    assert.ok(
      missing.some(({ row }) => row === 'cell standard: start behind the whole wall'),
      JSON.stringify(missing),
    );
  });

  test(`wall.doctor_fails: without ${layer} serve does not start, and names the layer`, async (t) => {
    const { env } = await makeAgentFolder(t);
    const { code, out, err } = await without(layer, ['serve'], env);
    assert.equal(code, 1, out + err);
    assert.match(out, new RegExp(`\\b${layer}\\b`));
    assert.doesNotMatch(out, /the agent listens/);
  });
}

test('wall.doctor_fails: without landlock the report for people names what gets through', async () => {
  const { code, out } = await without('landlock', ['doctor', '--profile', 'strict']);
  assert.equal(code, 1);
  assert.match(out, /^NO {2}spawner .*run another program than node .*done/m);
  assert.match(out, /^THE WALL HAS HOLES: /m);
  assert.match(out, /^to do: boot a kernel of 5\.13 or newer/m);
});

// A kernel whose Landlock is older, as its one function tells it: the real spawner, the real cell and the real
// lock, in which `landlock-abi.js` answers another number.
const onOldKernel = (t: TestContext, abi: number): StartCells => {
  const folder = mkdtempSync(join(tmpdir(), 'old-kernel-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  chmodSync(folder, 0o755);
  const dist = join(PACKAGE_ROOT, 'dist');
  const written = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const hooks = `import { registerHooks } from 'node:module';
const answer = 'data:text/javascript,export const landlockAbi = () => ${abi};';
registerHooks({
  resolve: (name, context, next) =>
    name.endsWith('/landlock-abi.js') ? { url: answer, shortCircuit: true } : next(name, context),
});`;
  return (entry, { readable, weak }) => {
    assert.equal(weak, false, 'nothing goes on without what is missing');
    const cell = written(
      `${entry}.mjs`,
      `${hooks}
await import('${dist}/core/cell/${entry === 'cell' ? 'main' : 'owned'}.js');`,
    );
    const spawner = written(
      `spawner-of-${entry}.mjs`,
      `${hooks}
const { runSpawner } = await import('${dist}/core/spawner/run-spawner.js');
runSpawner({ main: '${cell}', weak: false, readable: ${JSON.stringify([folder, readable ?? folder])} });`,
    );
    return makeSpawnerLauncher({ program: [spawner] });
  };
};

const isCover = (row: Row): boolean => row.tried.startsWith('use the right ');
const COVERED = new Map([
  [
    1,
    ['refer', 'truncate', 'ioctl_dev', 'bind_tcp', 'connect_tcp', 'abstract_unix_socket', 'signal'],
  ],
  [3, ['ioctl_dev', 'bind_tcp', 'connect_tcp', 'abstract_unix_socket', 'signal']],
  [5, ['abstract_unix_socket', 'signal']],
  [6, []],
]);

/** The oldest, and the newest that needs no cover; those between run with --long. */
const SHORT: readonly number[] = [1, 6];

for (const [abi, rights] of COVERED) {
  test(`wall.doctor_fails: what landlock ${abi} lacks is covered by a named rule of seccomp`, {
    skip: LONG || SHORT.includes(abi) ? false : 'runs with --long',
  }, async (t) => {
    const verdict = await examine({
      profiles: ['vetting'],
      onProgress: () => {},
      startCells: onOldKernel(t, abi),
    });
    assert.deepEqual(verdict.missing, []);
    assert.equal(verdict.ok, true);
    assert.equal(verdict.facts['landlock_abi'], abi);
    const covers = verdict.rows.filter(isCover);
    assert.deepEqual(
      covers.map(({ tried }) => tried.replace('use the right ', '')).sort(),
      [...rights].sort(),
    );
    for (const { enforcedBy } of covers) assert.match(enforcedBy ?? '', /^seccomp: [a-z]/);
  });
}

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { KERNEL_LAYERS } from '../../core/protocol/messages.ts';

// That the broker refuses to serve then, and says so in its log, is asserted with `doctor` and `serve`.

const HARNESS = fileURLToPath(new URL('../harness/cell-under-filter.js', import.meta.url));
const EACCES = 13;

interface Start {
  readonly code: number | null;
  readonly said: string;
  readonly hello: string;
}

const start = async (
  rules: readonly object[],
  {
    words = ['standard'],
    files = [],
  }: { words?: readonly string[]; files?: readonly string[] } = {},
): Promise<Start> => {
  const { stdout } = await promisify(execFile)(process.execPath, [
    HARNESS,
    JSON.stringify(rules),
    JSON.stringify(files),
    ...words,
  ]);
  return JSON.parse(stdout);
};

/** A filter below which one call fails, or does nothing and says that it did. */
const without = (name: string, errnoRet: number, option?: number): readonly object[] => [
  {
    names: [name],
    action: 'SCMP_ACT_ERRNO',
    errnoRet,
    ...(option === undefined ? {} : { args: [{ index: 0, value: option, op: 'SCMP_CMP_EQ' }] }),
  },
];

const LAYERS = [
  ['no_new_privs', 'prctl', 38],
  ['mdwe', 'prctl', 65],
  ['not_dumpable', 'prctl', 4],
  ['no_core', 'setrlimit', undefined],
  ['landlock', 'landlock_restrict_self', undefined],
  ['seccomp', 'seccomp', undefined],
] as const;

for (const [layer, call, option] of LAYERS) {
  // glibc sets a limit by prlimit64, whose second argument names it; the first is the process, 0.
  const rules = (errno: number): readonly object[] =>
    layer === 'no_core'
      ? [
          {
            names: ['prlimit64'],
            action: 'SCMP_ACT_ERRNO',
            errnoRet: errno,
            args: [
              { index: 1, value: 4, op: 'SCMP_CMP_EQ' },
              { index: 2, value: 0, op: 'SCMP_CMP_NE' },
            ],
          },
        ]
      : without(call, errno, option);

  test(`a cell whose kernel refuses \`${layer}\` says so and does not serve`, async () => {
    const { code, said, hello } = await start(rules(EACCES));
    assert.equal(hello, '');
    assert.equal(code, 1);
    assert.equal(JSON.parse(said).layer, layer, said);
  });

  // A filter needs no_new_privs itself, so below one the kernel cannot pretend that.
  if (layer === 'no_new_privs') continue;
  test(`a cell whose kernel only pretends to have \`${layer}\` finds out by trying`, async () => {
    const { code, said, hello } = await start(rules(0));
    assert.equal(hello, '');
    assert.equal(code, 1);
    assert.equal(JSON.parse(said).layer, layer, said);
    assert.equal(said.trim().includes('\n'), false);
  });
}

test('a cell that was told that it may be weak names in its hello the layers that stand', async () => {
  const { said, hello } = await start(without('landlock_create_ruleset', EACCES), {
    words: ['standard', '--weak'],
  });
  assert.equal(said, '');
  const { layers, landlock_abi: abi } = JSON.parse(hello);
  assert.deepEqual(
    layers,
    KERNEL_LAYERS.filter((layer) => layer !== 'landlock'),
  );
  assert.equal(abi, 0);
});

test('a cell that holds a file or a ring does not serve', async () => {
  const given = await start([], { files: ['/etc/hostname', '/'] });
  assert.deepEqual(JSON.parse(given.said), {
    layer: 'descriptors',
    reason: 'open: 4 file, 5 folder',
  });
  const ring = await start([], { words: ['standard', '--ring'] });
  assert.match(JSON.parse(ring.said).reason, /io_uring/);
  for (const { code, hello } of [given, ring]) assert.deepEqual([code, hello], [1, '']);
});

test('a weak cell that holds a ring serves without its filter, which would end it', async () => {
  const { said, hello } = await start([], { words: ['standard', '--weak', '--ring'] });
  assert.equal(said, '');
  assert.deepEqual(
    JSON.parse(hello).layers,
    KERNEL_LAYERS.filter((layer) => layer !== 'seccomp'),
  );
});

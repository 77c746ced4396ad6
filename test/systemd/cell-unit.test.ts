import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parseProfile, type SandboxProfile } from '../../core/protocol/profile.ts';
import { CELL_FLAGS } from '../../core/spawner/cell-command.ts';
import { PROFILE_NAMES, type ProfileName } from '../../core/vocabulary/enums.ts';
import { PACKAGE_ROOT } from '../../core/vocabulary/package-root.ts';
import { readUnit, UNITS, type UnitFile } from './unit-file.ts';

const ROOT = '/usr/lib/secure-ai/agent/';
const unit = readUnit('secai-cell@.service');
const agent = readUnit('secure-ai-agent.service');
const unitOf = (name: ProfileName): string =>
  name === 'standard' ? 'secai-cell@.service' : `secai-cell-${name}@.service`;
const socketOf = (name: ProfileName): string => unitOf(name).replace('@.service', '.socket');
const profileOf = (name: ProfileName): SandboxProfile =>
  parseProfile(
    name,
    JSON.parse(readFileSync(join(PACKAGE_ROOT, `sandbox-profiles/${name}.json`), 'utf8')),
  );
const plain = (path: string): string => path.replace(/^-?\+?/, '');
const only = (from: UnitFile, directive: string): string => from.words(directive).join(' ');

test('the cell unit starts a cell with the flags of a cell that is a child', () => {
  const [node, ...words] = unit.words('ExecStart');
  assert.equal(node, `${ROOT}bin/node`);
  assert.deepEqual(words, [...CELL_FLAGS, `${ROOT}dist/core/cell/main.js`, 'standard']);
});

test('the limits of each unit of cells are those of its profile', () => {
  for (const name of PROFILE_NAMES) {
    const { limits, recycle } = profileOf(name);
    const cells = readUnit(unitOf(name));
    assert.equal(only(cells, 'MemoryMax'), `${limits.rss_mb}M`, name);
    assert.equal(only(cells, 'MemorySwapMax'), '0', name);
    // A cell that lives on without its channel ends here; one that is old is given a last step.
    const seconds = Math.ceil((recycle.age_ms + limits.wall_ms) / 1000);
    assert.equal(only(cells, 'RuntimeMaxSec'), `${seconds}`, name);
    assert.equal(cells.words('ExecStart').at(-1), name);
  }
  assert.equal(only(unit, 'Slice'), 'secai.slice');
});

// What may differ between the units of two profiles. Each is a whole file, so that none stands without its walls.
const OF_A_PROFILE = /^(# |Description=|ExecStart=|MemoryMax=|RuntimeMaxSec=|ListenStream=)/;

test('the units of the other profiles are those of the standard one, but for what a profile says', () => {
  const lines = (file: string) =>
    readFileSync(join(UNITS, file), 'utf8')
      .split('\n')
      .filter((line) => !OF_A_PROFILE.test(line));
  for (const name of PROFILE_NAMES) {
    assert.deepEqual(lines(unitOf(name)), lines(unitOf('standard')), name);
    assert.deepEqual(lines(socketOf(name)), lines(socketOf('standard')), name);
    const [path] = readUnit(socketOf(name)).lines('ListenStream');
    assert.equal(
      path,
      `/run/secure-ai/cell/${unitOf(name).slice('secai-'.length, -'@.service'.length)}.sock`,
      name,
    );
    assert.ok(agent.words('Requires').includes(socketOf(name)), name);
  }
});

test('the cell unit gives a cell no file but /dev/null, no variable and no way out', () => {
  for (const stream of ['StandardInput', 'StandardOutput', 'StandardError']) {
    assert.equal(only(unit, stream), 'null', stream);
  }
  const expected: Readonly<Record<string, string>> = {
    DynamicUser: 'yes',
    PrivateUsers: 'yes',
    PrivateNetwork: 'yes',
    PrivateIPC: 'yes',
    RestrictAddressFamilies: 'none',
    CapabilityBoundingSet: '',
    NoNewPrivileges: 'yes',
    MemoryDenyWriteExecute: 'yes',
    ProcSubset: 'pid',
    ProtectProc: 'invisible',
    LimitCORE: '0',
    KillSignal: 'SIGKILL',
    Restart: 'no',
    BindsTo: 'secure-ai-agent.service',
  };
  for (const [directive, value] of Object.entries(expected)) {
    assert.equal(only(unit, directive), value, directive);
  }
  const unset = unit.words('UnsetEnvironment');
  for (const name of ['PATH', 'HOME', 'INVOCATION_ID', 'LISTEN_FDS', 'SYSTEMD_EXEC_PID']) {
    assert.ok(unset.includes(name), name);
  }
});

test('the cell unit allows no system call that opens a way out', () => {
  const allowed = new Set(unit.words('SystemCallFilter'));
  const never =
    'socket socketpair connect bind listen accept accept4 sendmsg recvmsg sendto ptrace bpf userfaultfd io_uring_setup io_uring_enter process_vm_readv process_vm_writev fork vfork execveat unshare setns mount memfd_create openat2 chmod fchmod chown rename unlink mkdir @system-service @network-io @file-system @process @privileged';
  for (const name of never.split(' ')) assert.ok(!allowed.has(name), name);
  assert.ok(![...allowed].some((word) => word.startsWith('~')));
});

// systemd 252 leaves a path of ExecPaths writable unless it is read-only by a line of its own, and with both
// on the very same mount it forgets that it may be executed: hence the agent binds its paths read-only.
test('whatever a unit may execute is read-only, and nothing else may be executed', () => {
  for (const [name, from] of Object.entries({ agent, cell: unit })) {
    const readOnly = [...from.words('ReadOnlyPaths'), ...from.words('BindReadOnlyPaths')];
    for (const path of from.words('ExecPaths')) assert.ok(readOnly.includes(path), name + path);
    assert.ok(from.words('NoExecPaths').map(plain).includes('/'), name);
  }
  const executable = unit.words('ExecPaths').map(plain);
  const bound = unit.words('BindReadOnlyPaths').map(plain);
  const noExec = unit.words('NoExecPaths').map(plain);
  for (const path of bound) {
    const isExecutable = executable.some((folder) => `${path}/`.startsWith(`${folder}/`));
    assert.notEqual(isExecutable, noExec.includes(path), path);
  }
});

test('the root of a cell holds every folder that the cell imports, and nothing of the broker', () => {
  const bound = unit.words('BindReadOnlyPaths').map(plain);
  const ours = bound.filter((path) => path.startsWith(ROOT)).map((path) => path.slice(ROOT.length));
  for (const path of ours.filter((path) => path !== 'bin/node')) {
    assert.ok(existsSync(join(PACKAGE_ROOT, path)), path);
  }
  assert.ok(!ours.some((path) => /broker|cli|plugins|schemas/.test(path)));
  const folders = new Set(
    globSync('dist/core/{cell,protocol,linux,vocabulary}/**/*.js', { cwd: PACKAGE_ROOT }).map(
      (path) => path.split('/').slice(0, 3).join('/'),
    ),
  );
  for (const folder of folders) assert.ok(ours.includes(folder), folder);
});

test('only the broker may connect to the socket of cells', () => {
  const socket = readUnit('secai-cell.socket');
  assert.equal(only(socket, 'Accept'), 'yes');
  assert.equal(only(socket, 'SocketMode'), '0660');
  const group = only(socket, 'SocketGroup');
  assert.ok(agent.words('SupplementaryGroups').includes(group));
  const users = readFileSync(join(PACKAGE_ROOT, 'systemd/secure-ai-agent.sysusers.conf'), 'utf8');
  assert.match(users, new RegExp(`^g ${group} -$`, 'm'));
  assert.doesNotMatch(users, /^m /m);
});

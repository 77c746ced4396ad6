import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chooseLauncher } from '../../../core/broker/main/choose-launcher.ts';
import { readUnit } from '../../systemd/unit-file.ts';

const UNDER_UNIT = {
  INVOCATION_ID: '6f1b2c3d4e5f60718293a4b5c6d7e8f9',
  SECAI_SERVICE_UNIT: 'secure-ai-agent.service',
};

test('chooseLauncher starts cells as children outside a unit of ours', () => {
  assert.deepEqual(chooseLauncher({}), { kind: 'spawn' });
  assert.deepEqual(chooseLauncher({ INVOCATION_ID: UNDER_UNIT.INVOCATION_ID }), { kind: 'spawn' });
  assert.deepEqual(chooseLauncher({ SECAI_CELL_SOCKET: '' }), { kind: 'spawn' });
});

test('chooseLauncher takes the socket that is named, under a unit or not', () => {
  const chosen = { kind: 'systemd', socket: '/run/secure-ai/cell/cell.sock' };
  const SECAI_CELL_SOCKET = chosen.socket;
  assert.deepEqual(chooseLauncher({ SECAI_CELL_SOCKET }), chosen);
  assert.deepEqual(chooseLauncher({ ...UNDER_UNIT, SECAI_CELL_SOCKET }), chosen);
});

test('chooseLauncher refuses to start cells as children under our service unit', () => {
  assert.throws(() => chooseLauncher(UNDER_UNIT), {
    code: 'configuration',
    message: /no cell as a child/,
  });
});

test('chooseLauncher refuses a socket that is no plain absolute path', () => {
  for (const SECAI_CELL_SOCKET of ['cell.sock', '/run/../tmp/cell.sock', '/run//cell.sock']) {
    assert.throws(() => chooseLauncher({ SECAI_CELL_SOCKET }), { code: 'configuration' });
  }
});

test('the service unit sets what chooseLauncher looks at, and names the socket of the socket unit', () => {
  const settings = Object.fromEntries(
    readUnit('secure-ai-agent.service')
      .lines('Environment')
      .map((line) => line.split('=', 2)),
  );
  const { SECAI_CELL_SOCKET, ...rest } = { ...UNDER_UNIT, ...settings };
  const [socket] = readUnit('secai-cell.socket').lines('ListenStream');
  assert.deepEqual(chooseLauncher({ ...rest, SECAI_CELL_SOCKET }), { kind: 'systemd', socket });
  assert.throws(() => chooseLauncher(rest), { code: 'configuration' });
});

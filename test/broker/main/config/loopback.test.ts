import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loopbackPort } from '../../../../core/broker/main/config/loopback.ts';

test('loopbackPort reads the port of the one literal address', () => {
  assert.equal(loopbackPort('127.0.0.1:8476'), 8476);
  assert.equal(loopbackPort('127.0.0.1:1'), 1);
  assert.equal(loopbackPort('127.0.0.1:65535'), 65_535);
});

test('loopbackPort refuses names, other addresses, and other spellings of the same address', () => {
  for (const host of [
    'localhost',
    'localhost.',
    'LOCALHOST',
    'agent.localhost',
    '::1',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '0.0.0.0',
    '127.1',
    '127.0.0.2',
    '127.0.0.01',
    '2130706433',
    '0x7f000001',
    '0x7f.0.0.1',
    '0177.0.0.1',
    '１２７.0.0.1',
    '127.0.0.1.',
    'u@127.0.0.1',
    'u:p@127.0.0.1',
    '127.0.0.1@evil',
    ' 127.0.0.1',
    '',
  ]) {
    assert.equal(loopbackPort(`${host}:8476`), undefined, host);
  }
});

test('loopbackPort refuses what is no port in its one spelling', () => {
  for (const port of [
    '',
    '0',
    '65536',
    '99999',
    '08476',
    '+8476',
    '8476 ',
    '0x1',
    '1e3',
    '8476:1',
  ]) {
    assert.equal(loopbackPort(`127.0.0.1:${port}`), undefined, port);
  }
  assert.equal(loopbackPort('127.0.0.1'), undefined);
});

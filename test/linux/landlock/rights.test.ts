import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  bitsOf,
  FS_RIGHTS,
  missingRights,
  NET_RIGHTS,
  SCOPES,
} from '../../../core/linux/landlock/rights.ts';

const REFER = ['refer'];
const TCP = ['bind_tcp', 'connect_tcp'];
const INSIDE = ['abstract_unix_socket', 'signal'];

test('each older interface lacks the rights that came after it', () => {
  const missing: readonly (readonly string[])[] = [
    [...REFER, 'truncate', 'ioctl_dev', ...TCP, ...INSIDE],
    ['truncate', 'ioctl_dev', ...TCP, ...INSIDE],
    ['ioctl_dev', ...TCP, ...INSIDE],
    ['ioctl_dev', ...INSIDE],
    INSIDE,
    [],
    [],
    [],
  ];
  missing.forEach((rights, place) => {
    assert.deepEqual(missingRights(place + 1), rights, `ABI ${place + 1}`);
  });
  assert.deepEqual(missingRights(0), [...FS_RIGHTS, ...NET_RIGHTS, ...SCOPES]);
});

test('the bits of all rights are the masks of linux/landlock.h for each interface', () => {
  const files = [0x1fffn, 0x3fffn, 0x7fffn, 0x7fffn, 0xffffn, 0xffffn, 0xffffn];
  const net = [0n, 0n, 0n, 3n, 3n, 3n, 3n];
  const scoped = [0n, 0n, 0n, 0n, 0n, 3n, 3n];
  const bits = files.map((_, place) => [
    bitsOf(FS_RIGHTS, FS_RIGHTS, place + 1),
    bitsOf(NET_RIGHTS, NET_RIGHTS, place + 1),
    bitsOf(SCOPES, SCOPES, place + 1),
  ]);
  assert.deepEqual(
    bits,
    files.map((file, place) => [file, net[place], scoped[place]]),
  );
  assert.equal(bitsOf(FS_RIGHTS, ['read_file', 'refer'], 1), 4n);
});

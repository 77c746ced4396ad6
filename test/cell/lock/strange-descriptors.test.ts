import assert from 'node:assert/strict';
import { test } from 'node:test';
import { strangeDescriptors as findStrange } from '../../../core/cell/lock/strange-descriptors.ts';
import type { Descriptor, DescriptorKind } from '../../../core/linux/descriptors.ts';

const strangeDescriptors = (open: readonly Descriptor[]): readonly string[] =>
  findStrange(open).map(({ fd, kind }) => `${fd} ${kind}`);
const nothing = (fd: number): Descriptor => ({ fd, kind: 'other', target: '/dev/null' });
const of = (fd: number, kind: DescriptorKind): Descriptor => ({ fd, kind, target: `${kind}:[7]` });
const AS_STARTED = [nothing(0), of(1, 'pipe'), of(2, 'pipe'), of(3, 'socket'), of(4, 'epoll')];
const with_ = (one: Descriptor): readonly Descriptor[] => [
  ...AS_STARTED.filter(({ fd }) => fd !== one.fd),
  one,
];

test('a cell as the spawner starts it holds nothing strange', () => {
  assert.deepEqual(strangeDescriptors([...AS_STARTED, of(5, 'eventfd'), of(6, 'pipe')]), []);
  assert.deepEqual(strangeDescriptors(with_(nothing(2))), []);
});

test('a file, folder, terminal, second socket or ring is strange wherever it is open', () => {
  for (const kind of ['file', 'folder', 'tty', 'socket', 'io_uring', 'timerfd', 'other'] as const) {
    for (const fd of [0, 1, 2, 9]) {
      assert.deepEqual(strangeDescriptors(with_(of(fd, kind))), [`${fd} ${kind}`]);
    }
  }
});

test('standard input is nothing, and the channel is a socket and nothing else', () => {
  assert.deepEqual(strangeDescriptors(with_(of(0, 'pipe'))), ['0 pipe']);
  for (const kind of ['file', 'pipe', 'tty'] as const) {
    assert.deepEqual(strangeDescriptors(with_(of(3, kind))), [`3 ${kind}`]);
  }
  assert.deepEqual(strangeDescriptors(with_({ ...nothing(9), kind: 'file' })), ['9 file']);
});

import assert from 'node:assert/strict';
import { closeSync, fstatSync, openSync, readdirSync, readSync, writeSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import { controlRoom, messageHeader, rightsMessage } from '../../core/linux/control-message.ts';
import { receiveDescriptors, sendDescriptors } from '../../core/linux/pass-descriptors.ts';
import { bindRawSyscall } from '../../core/linux/raw-syscall.ts';
import { makeSocketPair } from '../../core/linux/socket-pair.ts';

const open = (): number => readdirSync('/proc/self/fd').length;

const pair = (context: TestContext): readonly [number, number] => {
  const ends = makeSocketPair();
  context.after(() => ends.forEach(closeSync));
  return ends;
};

const files = (context: TestContext, count: number): readonly number[] =>
  Array.from({ length: count }, () => {
    const file = openSync('/etc/passwd', 'r');
    context.after(() => closeSync(file));
    return file;
  });

test('a socket pair carries bytes both ways and never waits', (context) => {
  const [a, b] = pair(context);
  writeSync(a, 'to b');
  writeSync(b, 'to a');
  const read = (socket: number): string => {
    const bytes = Buffer.alloc(8);
    return bytes.toString('utf8', 0, readSync(socket, bytes));
  };
  assert.deepEqual([read(a), read(b)], ['to a', 'to b']);
  assert.throws(() => read(a), { code: 'EAGAIN' });
});

test('descriptors arrive open, in order, and close-on-exec', (context) => {
  const [a, b] = pair(context);
  for (const [from, to, count] of [
    [a, b, 1],
    [b, a, 2],
    [a, b, 5],
  ] as const) {
    const sent = [openSync('/', 'r'), ...files(context, count - 1)];
    sendDescriptors(from, sent);
    closeSync(sent[0] ?? -1);
    const received = receiveDescriptors(to, count);
    assert.deepEqual(
      received.map((fd) => fstatSync(fd).isDirectory()),
      received.map((_, place) => place === 0),
    );
    const fcntl = process.arch === 'x64' ? 72 : 25;
    for (const fd of received) {
      assert.equal(bindRawSyscall()(fcntl, fd, 1 /* F_GETFD */).value, 1);
      closeSync(fd);
    }
  }
});

test('a message with more or fewer descriptors than expected is refused and leaves none open', (context) => {
  const [a, b] = pair(context);
  const sent = files(context, 6);
  const before = open();
  for (const [count, expected] of [
    [1, 2],
    [2, 1],
    [3, 1],
    [6, 3],
    [1, 0],
  ] as const) {
    sendDescriptors(a, sent.slice(0, count));
    assert.throws(() => receiveDescriptors(b, expected), { code: 'EBADMSG' });
    assert.equal(open(), before, `${count} sent, ${expected} expected`);
  }
  writeSync(a, '.');
  assert.throws(() => receiveDescriptors(b, 1), { code: 'EBADMSG' });
});

test('a message that the kernel had to cut is refused, also where what is left has the right number', (context) => {
  const [a, b] = pair(context);
  const sent = files(context, 4);
  const before = open();
  // An even number fills its room to the last byte, so the kernel cuts exactly there.
  sendDescriptors(a, sent);
  assert.throws(() => receiveDescriptors(b, 2), { code: 'EBADMSG' });
  assert.equal(open(), before);
});

test('credentials beside the descriptors are refused, and leave none open', (context) => {
  const [a, b] = pair(context);
  const sent = files(context, 9);
  const setsockopt = process.arch === 'x64' ? 54 : 208;
  const on = Buffer.from([1, 0, 0, 0]);
  assert.equal(bindRawSyscall()(setsockopt, b, 1, 16 /* SO_PASSCRED */, on, 4).errno, null);
  const before = open();
  for (const count of [1, 2, 9]) {
    sendDescriptors(a, sent.slice(0, count));
    assert.throws(() => receiveDescriptors(b, count), { code: 'EBADMSG' });
    assert.equal(open(), before);
  }
});

test('nothing yet is EAGAIN, the end is EPIPE, a full socket refuses to send', (context) => {
  const [a, b] = makeSocketPair();
  assert.throws(() => receiveDescriptors(b, 1), { code: 'EAGAIN' });
  const [file = -1] = files(context, 1);
  assert.throws(
    () => {
      for (let sent = 0; sent < 10_000; sent += 1) sendDescriptors(a, [file]);
    },
    ({ code }) => ['EAGAIN', 'ETOOMANYREFS'].includes(code),
  );
  closeSync(b);
  assert.throws(() => sendDescriptors(a, [file]), { code: 'EPIPE' });
  closeSync(a);
  const [c, d] = makeSocketPair();
  closeSync(c);
  assert.throws(() => receiveDescriptors(d, 1), { code: 'EPIPE' });
  closeSync(d);
});

test('two control messages in one are counted together', (context) => {
  const [a, b] = pair(context);
  const [one = -1, two = -1] = files(context, 2);
  const control = Buffer.concat([rightsMessage([one]), rightsMessage([two])]);
  const message = messageHeader(Buffer.alloc(1), control);
  const sendmsg = process.arch === 'x64' ? 46 : 211;
  const { errno } = bindRawSyscall()(sendmsg, a, message.header, 0);
  assert.equal(errno, null);
  const received = receiveDescriptors(b, 2);
  assert.equal(received.length, 2);
  received.forEach(closeSync);
  assert.equal(controlRoom(2).length, 24);
});

import assert from 'node:assert/strict';
import { it } from 'node:test';
import { type DescriptorFacts, describeDescriptors } from '../../core/linux/descriptors.ts';
import { inChild } from './in-child.ts';

it('each descriptor of this process has the kind of what it refers to', () => {
  const kinds = inChild({}, (linux) => {
    const opened = {
      file: linux.fs.openSync('/etc/passwd', 'r'),
      folder: linux.fs.openSync('/etc', 'r'),
      null: linux.fs.openSync('/dev/null', 'r'),
    };
    const [read, write] = linux.makePipe();
    const found = linux.describeDescriptors();
    const kindOf = (fd: number) => found.find((each) => each.fd === fd)?.kind;
    return {
      named: [
        kindOf(opened.file),
        kindOf(opened.folder),
        kindOf(opened.null),
        kindOf(read),
        kindOf(write),
        kindOf(1),
      ],
      null: found.find((each) => each.fd === opened.null)?.target,
      all: found.map(({ kind }) => kind),
    };
  });
  // What Node calls a pipe to a child is a Unix socket.
  assert.deepEqual(kinds.named, ['file', 'folder', 'other', 'pipe', 'pipe', 'socket']);
  assert.equal(kinds.null, '/dev/null');
  assert.ok(kinds.all.includes('epoll'));
  assert.ok(kinds.all.includes('eventfd'));
});

it('only what has no path goes by its name; a file called like a socket stays a file', () => {
  const kind = (target: string, mode: number, terminal = false) => {
    const facts: DescriptorFacts = { fd: 3, target, mode, terminal };
    return describeDescriptors(() => [facts])[0]?.kind;
  };
  assert.equal(kind('/socket:[1]', 0o100644), 'file');
  assert.equal(kind('/memfd:x (deleted)', 0o100777), 'file');
  assert.equal(kind('socket:[1]', 0o140777), 'socket');
  assert.equal(kind('anon_inode:[io_uring]', 0o600), 'io_uring');
  assert.equal(kind('anon_inode:[io_uring]', 0o100600), 'io_uring');
  assert.equal(kind('anon_inode:[timerfd]', 0), 'timerfd');
  assert.equal(kind('anon_inode:[pidfd]', 0o100600), 'other');
  assert.equal(kind('/dev/pts/0', 0o020620, true), 'tty');
  assert.equal(kind('/dev/sda', 0o060660), 'other');
});

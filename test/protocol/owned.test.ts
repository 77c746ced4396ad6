import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Frame, makeFrameReader } from '../../core/protocol/frame.ts';
import { encodeFromCell, parseFromCell } from '../../core/protocol/from-cell.ts';
import {
  KERNEL_LAYERS,
  type LockFacts,
  MAX_FRAME_FROM_CELL,
} from '../../core/protocol/messages.ts';
import {
  encodeAttack,
  encodeFromOwned,
  type FromOwned,
  MAX_REPORT,
  parseAttack,
  parseFromOwned,
} from '../../core/protocol/owned.ts';

const LOCK: LockFacts = {
  layers: KERNEL_LAYERS,
  landlockAbi: 1,
  covered: ['refer', 'truncate', 'connect_tcp', 'signal'],
  uid: 65_534,
};
const onlyFrame = (bytes: Buffer): Frame => {
  const [frame] = makeFrameReader(MAX_FRAME_FROM_CELL)(bytes);
  assert.ok(frame);
  return frame;
};

test('an attack and each answer to it arrive as they were sent', () => {
  for (const kind of ['script', 'shared_object'] as const) {
    const attack = { kind, text: "report('é\\n');\n" };
    assert.deepEqual(parseAttack(onlyFrame(encodeAttack(attack))), attack);
  }
  const messages: readonly FromOwned[] = [
    { type: 'locked', lock: LOCK },
    { type: 'report', text: 'open: EPERM\nopen: EPERM' },
    { type: 'ended', how: 'threw', text: 'Error: no' },
  ];
  for (const message of messages) {
    assert.deepEqual(parseFromOwned(onlyFrame(encodeFromOwned(message))), message);
  }
});

test('a report that is too long is cut where it is sent and refused where it arrives', () => {
  const sent = onlyFrame(encodeFromOwned({ type: 'report', text: 'x'.repeat(MAX_REPORT + 1) }));
  assert.equal(sent.body.length, MAX_REPORT);
  assert.throws(() => parseFromOwned({ ...sent, body: `${sent.body}x` }), { code: 'violation' });
});

test('whatever is not exactly one of the forms of an owned cell is refused', () => {
  const locked = onlyFrame(encodeFromOwned({ type: 'locked', lock: LOCK }));
  for (const [head, body] of [
    [{ type: 'hello' }, ''],
    [{ type: 'report', more: 1 }, ''],
    [{ type: 'ended' }, ''],
    [{ type: 'ended', how: 'escaped' }, ''],
    [locked.head, 'body'],
    [{ ...locked.head, uid: -1 }, ''],
    [{ ...locked.head, layers: ['landlock', 'landlock'] }, ''],
    [{ ...locked.head, layers: ['moat'] }, ''],
    [{ ...locked.head, covered: ['everything'] }, ''],
  ] as const) {
    assert.throws(
      () => parseFromOwned({ head, body }),
      { code: 'violation' },
      JSON.stringify(head),
    );
  }
  for (const head of [{ type: 'attack' }, { type: 'attack', kind: 'core' }, { kind: 'script' }]) {
    assert.throws(() => parseAttack({ head, body: '' }), { code: 'violation' });
  }
});

test('a hello says what its cell is locked by, and nothing that is not a known word', () => {
  const versions = { node: '26.10.0', v8: '14.6.202', isolatedVm: '7.0.1' };
  const hello = onlyFrame(encodeFromCell({ type: 'hello', versions, lock: LOCK }));
  assert.deepEqual(parseFromCell(hello), { type: 'hello', versions, lock: LOCK });
  for (const [key, value] of [
    ['layers', ['seccomp', 'seccomp']],
    ['layers', ['prayer']],
    ['landlock_abi', '7'],
    ['covered', ['root']],
    ['uid', null],
  ] as const) {
    assert.throws(() => parseFromCell({ head: { ...hello.head, [key]: value }, body: '' }), {
      code: 'violation',
    });
  }
  const { uid: _, ...short } = hello.head;
  assert.throws(() => parseFromCell({ head: short, body: '' }), { code: 'violation' });
});

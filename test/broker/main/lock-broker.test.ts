import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type BrokerLockPower, lockBroker } from '../../../core/broker/main/lock-broker.ts';
import { KERNEL_LAYERS } from '../../../core/protocol/messages.ts';

// The rules alone, over what a kernel may answer. That the real one refuses on every thread is asserted on a
// whole agent (wall.broker_locked).

const PLACES = { folders: new Map(), ports: new Map() };

const kernel = (parts: Partial<BrokerLockPower> = {}): BrokerLockPower => ({
  threads: () => ['node-MainThread', 'node-V8Worker'],
  holdsRing: () => false,
  put: () => {},
  tryOut: () => [{ layer: 'seccomp', tried: '`ptrace`', answered: 'EPERM', refused: true }],
  ...parts,
});
const strict = (parts: Partial<BrokerLockPower>) =>
  lockBroker(kernel(parts), PLACES, { weak: false });

test('the broker puts up every layer, in their order, and then tries them', () => {
  const done: string[] = [];
  const missing = strict({
    put: (layer) => done.push(layer),
    tryOut: () => {
      done.push('tried');
      return [];
    },
  });
  assert.deepEqual(done, [...KERNEL_LAYERS, 'tried']);
  assert.deepEqual(missing, []);
});

for (const layer of KERNEL_LAYERS) {
  test(`a kernel without ${layer} is a refusal that names it and the reason`, () => {
    const put = (asked: string): void => {
      if (asked === layer) throw new Error('failed with `ENOSYS`');
    };
    assert.throws(() => strict({ put }), {
      code: 'sandbox_unavailable',
      message: `the broker cannot lock itself: \`${layer}\`: failed with \`ENOSYS\``,
    });
  });
}

test('a layer that says that it stands and does not refuse is a refusal', () => {
  const trial = { layer: 'landlock', tried: 'open of `/x`', answered: 'opened', refused: false };
  assert.throws(
    () => strict({ tryOut: () => [trial as never] }),
    /open of `\/x` answered `opened`/,
  );
});

test('a pool thread from before the lock, and an io_uring, are refusals', () => {
  assert.throws(
    () => strict({ threads: () => ['libuv-worker'] }),
    /`landlock`: a thread of the pool/,
  );
  assert.throws(
    () => strict({ holdsRing: () => true }),
    /`seccomp`: this process holds an io_uring/,
  );
});

test('a weak start goes on and says what is missing', () => {
  const power = kernel({ holdsRing: () => true });
  const missing = lockBroker(power, PLACES, { weak: true });
  assert.deepEqual(
    missing.map(({ layer }) => layer),
    ['seccomp'],
  );
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeSteadyClock } from '../../../core/broker/main/steady-clock.ts';

test('a steady clock goes on when the machine is set back, and follows it forwards', () => {
  let wall = 1_000_000;
  let elapsed = 5.25;
  const now = makeSteadyClock(
    () => wall,
    () => elapsed,
  );
  assert.equal(now(), 1_000_000);
  elapsed += 900_000;
  wall -= 3_600_000;
  assert.equal(now(), 1_900_000, 'an hour back ends no deadline later');
  wall = 5_000_000;
  assert.equal(now(), 5_000_000, 'a sleeping machine lets no monotonic time pass');
  assert.ok(Number.isInteger(now()));
});

import { existsSync } from 'node:fs';
import { serve } from '../../../core/broker/main/entry.ts';
import { makePowers } from '../../../core/broker/main/powers.ts';

// A composition root for tests: the real broker on a machine whose clock is set back by a day as soon as
// the file TURN_BACK exists.

const DAY_MS = 86_400_000;
const turned = process.env['TURN_BACK'] ?? '';

await serve(process.env, {
  ...makePowers(),
  now: () => Date.now() - (existsSync(turned) ? DAY_MS : 0),
});

import { serve } from '../../../core/broker/main/entry.ts';
import { makePowers } from '../../../core/broker/main/powers.ts';
import { scriptedLauncher } from '../../broker/supervisor/scripted-cell.ts';

// A composition root for tests: the real broker whose first cell is owned and follows the script in
// OWNED_CELL instead of the protocol; every later cell is a real one.

await serve(process.env, {
  ...makePowers(),
  startCells: () => scriptedLauncher(process.env['OWNED_CELL'] ?? ''),
});

import { existsSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { serve } from '../../../core/broker/main/entry.ts';
import { makePowers } from '../../../core/broker/main/powers.ts';

// A composition root for tests: the real broker whose writes into a workspace wait, once begun, until the
// file GATE exists. It says that one has begun by making `GATE.begun`.

const gate = process.env['GATE'] ?? '';
const powers = makePowers();

await serve(process.env, {
  ...powers,
  storageFiles: {
    ...powers.storageFiles,
    sync: async (descriptor) => {
      writeFileSync(`${gate}.begun`, '');
      while (!existsSync(gate)) await pause(10);
      await powers.storageFiles.sync(descriptor);
    },
  },
});

import { serve } from '../../../core/broker/main/entry.ts';
import { makePowers } from '../../../core/broker/main/powers.ts';

// A composition root for tests: the real broker that stops, as by SIGKILL, right before or right after a
// task's file gets its name: the moment between an effect and the record of it. STOP is `before` or `after`.

const powers = makePowers();
const { renameWithin } = powers.linux;
const stop = (when: string): void => {
  if (process.env['STOP'] === when) process.kill(process.pid, 'SIGKILL');
};

await serve(process.env, {
  ...powers,
  linux: {
    ...powers.linux,
    renameWithin: (...args) => {
      stop('before');
      renameWithin(...args);
      stop('after');
    },
  },
});

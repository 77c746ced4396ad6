import { makeLineReader } from '../../protocol/lines.ts';
import { PROFILE_NAMES } from '../../vocabulary/enums.ts';
import { becomeBroker } from '../become-broker.ts';
import { type AttackedSteps, makeAttackedSteps } from './attacked-steps.ts';
import {
  encodeRangeAnswer,
  MOST_REQUEST_BYTES,
  parseLoad,
  type RangeAnswer,
} from './range-messages.ts';
import { makeRepeatable } from './repeatable.ts';
import { makePeakWatch } from './watch-peak.ts';

// The broker of a range: `main.js PROFILE`, settings from the environment, one script a line on stdin. It is
// the agent itself, from its own composition root and behind its own lock, so an attack that comes out of its
// cell meets what it would meet in service. Only `summarize` is another step: the script that came last.

becomeBroker();
const { serve } = await import('../../broker/main/entry.ts');
const { makePowers } = await import('../../broker/main/powers.ts');

const profile = PROFILE_NAMES.find((name) => name === process.argv[2]) ?? 'vetting';
const powers = makePowers();
let steps: AttackedSteps | undefined;
const { load, ...repeatable } = makeRepeatable();
const peak = makePeakWatch();
const answer = (message: RangeAnswer): void => {
  process.stdout.write(encodeRangeAnswer(message));
};

const read = makeLineReader(MOST_REQUEST_BYTES);
process.stdin.on('data', (chunk: Buffer) => {
  for (const line of read(chunk)) {
    if (line === 'peak') answer({ range: 'peak', bytes: peak.take() });
    else {
      const request = parseLoad(line);
      steps?.load(request);
      load(request.number, request.seed);
      peak.take();
      answer({ range: 'loaded', number: request.number });
    }
  }
});
// Whoever started the range is gone.
process.stdin.on('end', () => process.exit(0));

await serve(process.env, {
  ...powers,
  ...repeatable,
  startCells: (how) => peak.watching(powers.startCells(how)),
  // Not before it is asked for, which is behind the lock: a file read here would start a thread before it.
  loadInstalled: async () => {
    steps = makeAttackedSteps(await powers.loadInstalled(), profile);
    return steps.catalog;
  },
});

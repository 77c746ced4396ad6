import { availableParallelism } from 'node:os';
import type { ProfileName } from '../../vocabulary/enums.ts';
import { readScript, type Script } from './find-scripts.ts';
import { openRange } from './range.ts';
import { shuffled } from './shuffled.ts';
import { guestVerdict, type Verdict } from './verdict.ts';

interface GuestRun {
  readonly profile: ProfileName;
  readonly seed: number;
  readonly onVerdict: (verdict: Verdict) => void;
}

const MOST_RANGES = 4;

/**
 * Runs each script as an untrusted plugin. There are as many agents as processors, each with its own canaries and
 * one script at a time: whatever moves was moved by that script, or by one before it in the same agent.
 */
export const runGuests = async (
  scripts: readonly Script[],
  { profile, seed, onVerdict }: GuestRun,
): Promise<readonly Verdict[]> => {
  // All of them are read first: a run does not end half way at a file that cannot be.
  const waiting = shuffled(scripts, seed).map((script, index) => ({
    name: script.name,
    text: readScript(script).toString('utf8'),
    number: index + 1,
  }));
  const verdicts: Verdict[] = [];
  const count = Math.min(availableParallelism(), MOST_RANGES, waiting.length);
  const lane = async (): Promise<void> => {
    const range = await openRange(profile, String(seed));
    try {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const verdict = guestVerdict(next.name, await range.run(next));
        verdicts.push(verdict);
        onVerdict(verdict);
      }
    } catch (thrown) {
      // The others stop as well: a run of which a part is missing says nothing.
      waiting.length = 0;
      throw thrown;
    } finally {
      await range.close();
    }
  };
  const lanes = await Promise.allSettled(Array.from({ length: count }, lane));
  const failed = lanes.find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
  return verdicts.toSorted((a, b) => (a.script < b.script ? -1 : 1));
};

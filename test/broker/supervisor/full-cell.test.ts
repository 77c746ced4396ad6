import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Launcher } from '../../../core/broker/supervisor/supervisor.ts';
import { cellSource } from '../../harness/cell-source.ts';
import { jobOf, realSupervisor, STANDARD } from './job.ts';

/** Real cells, of which the first seems to hold ever so much once its step has begun. */
const fullLauncher = (rssBytes: () => number | undefined): Launcher => {
  let launched = 0;
  return {
    launch: async () => {
      launched += 1;
      const cell = await cellSource().launch('standard');
      if (launched > 1) return cell;
      return {
        ...cell,
        usage: async () => {
          const usage = await cell.usage();
          return usage && { ...usage, rssBytes: rssBytes() ?? usage.rssBytes };
        },
      };
    },
  };
};

test('a cell that its step left full takes no further step, and none is killed for it', async (t) => {
  let rssBytes: number | undefined;
  const supervisor = realSupervisor({ launcher: fullLauncher(() => rssBytes) });
  t.after(() => supervisor.close());
  const pids: number[] = [];
  const run = async (body: string): Promise<string> => {
    const onStarted = ({ pid }: { readonly pid: number }): number => pids.push(pid);
    return (await supervisor.run(jobOf(body, { onStarted }))).kind;
  };
  assert.equal(await run('return {};'), 'completed');
  assert.equal(await run('return {};'), 'completed');
  assert.equal(new Set(pids).size, 1, 'a cell with room is used again');
  // Less than its limit: no look of the watchdog ends the step that brings it there.
  rssBytes = STANDARD.limits.rss_mb * 1024 * 1024 - 1;
  assert.equal(await run('return {};'), 'completed');
  assert.equal(await run('return {};'), 'completed');
  assert.equal(new Set(pids).size, 2);
});

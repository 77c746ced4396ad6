import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Launcher } from '../../../core/broker/supervisor/supervisor.ts';
import { cellSource } from '../../harness/cell-source.ts';
import { jobOf, realSupervisor } from './job.ts';

test('a cell that runs a thousand threads is killed, and its step ends as violation', async (t) => {
  let launched = 0;
  const launcher: Launcher = {
    launch: async (profile) => {
      launched += 1;
      const cell = await cellSource().launch(profile);
      const told = launched === 1 ? 1000 : undefined;
      const usage = async () => {
        const seen = await cell.usage();
        return seen && { ...seen, threads: told ?? seen.threads ?? 0 };
      };
      // Before its first step a cell is nobody's: only what it does in one is told of.
      return { ...cell, usage: () => (hasBegun ? usage() : cell.usage()) };
    },
  };
  let hasBegun = false;
  const supervisor = realSupervisor({ launcher });
  t.after(() => supervisor.close());
  const outcome = await supervisor.run(
    jobOf('await new Promise(() => {});', { onStarted: () => (hasBegun = true) }),
  );
  assert.equal(outcome.kind === 'failed' && outcome.code, 'violation');
  const next = await supervisor.run(jobOf('return {};'));
  assert.equal(next.kind, 'completed');
});

import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { test } from 'node:test';
import type { CellUsage } from '../../core/broker/supervisor/cell-process.ts';
import type { Launcher } from '../../core/broker/supervisor/supervisor.ts';
import { handleOf, jobOf, realSupervisor } from '../broker/supervisor/job.ts';
import { cellSource } from '../harness/cell-source.ts';
import { assertContained, openHazardRange } from '../harness/hazard.ts';
import { codeOf } from './code-of.ts';

/** Real cells; each look of the broker at one of them is told once the broker has its answer. */
const watchedLauncher = (looks: EventEmitter): Launcher => ({
  launch: async () => {
    const cell = await cellSource().launch('standard');
    const usage = async (): Promise<CellUsage | undefined> => {
      const seen = await cell.usage();
      setImmediate(() => looks.emit('look'));
      return seen;
    };
    return { ...cell, usage };
  },
});

// V8 aborts its process when it cannot go on, at a moment that nobody can choose. Here the abort is sent from outside,
// at a moment that the step chooses by a handle call.
const abortDuring = async (before: string, signal: NodeJS.Signals): Promise<string> => {
  const looks = new EventEmitter();
  const supervisor = realSupervisor({ launcher: watchedLauncher(looks) });
  let pid = 0;
  const die = handleOf('path', {
    read: async () => {
      // What the cell holds by now must have been seen by the watchdog. The first look may have begun before.
      await once(looks, 'look');
      await once(looks, 'look');
      process.kill(pid, signal);
      return {};
    },
  });
  try {
    const outcome = await supervisor.run(
      jobOf(`${before}; await handles.path.read(); await new Promise(() => {});`, {
        handles: [die],
        onStarted: (cell) => (pid = cell.pid),
      }),
    );
    const next = await supervisor.run(jobOf('return {};'));
    assert.equal(next.kind, 'completed');
    return codeOf(outcome);
  } finally {
    await supervisor.close();
  }
};

const FILL =
  'const held = []; for (let i = 0; i < 22; i += 1) held.push(new Uint8Array(1e6).fill(1))';

test('a cell that aborts while it is full ends its step as memory, and another cell serves', async () => {
  assert.equal(await abortDuring(FILL, 'SIGABRT'), 'memory');
});

test('a cell that aborts while it is small ends its step as crash', async () => {
  assert.equal(await abortDuring('', 'SIGABRT'), 'crash');
});

test('a cell that is killed from outside ends its step as crash', async () => {
  assert.equal(await abortDuring(FILL, 'SIGKILL'), 'crash');
});

test('a step that makes the engine give up ends as memory, on record, and another cell serves', async (t) => {
  const range = await openHazardRange(t, { limits: { cpu_ms: 20_000 } });
  const cells = range.broker.cellPids();
  assertContained(await range.attack({ script: '079-fatal-abort', document: 'nest' }), 'memory');
  assert.notDeepEqual(range.broker.cellPids(), cells);
});

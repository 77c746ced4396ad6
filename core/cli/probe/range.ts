import { readFile } from 'node:fs/promises';
import { demandProfiles } from '../../broker/main/demand-profiles.ts';
import { makeProgramFilePowers } from '../../broker/main/powers/program-files.ts';
import type { ProfileName } from '../../vocabulary/enums.ts';
import { type PluginId, parsePluginId } from '../../vocabulary/ids.ts';
import { asAttackedStep } from './attacked-steps.ts';
import type { CanaryMove } from './canaries.ts';
import { type Ground, startGround } from './ground.ts';
import { DOCUMENT } from './range-folder.ts';
import { LATE, runTask, type TaskEnd } from './run-task.ts';
import { scriptSource } from './script-source.ts';
import { withPlaces } from './with-places.ts';

/** How a script ended, and what it moved. */
export interface Observation {
  readonly hung: boolean;
  /** `completed`, or the code with which its step failed. */
  readonly ended: string;
  /** What it returned, as JSON, or the text of its failure. Hostile. */
  readonly said: string;
  readonly moves: readonly CanaryMove[];
  readonly ms: number;
  readonly peakMb: number;
}

/** A real agent with canaries around it. One script at a time, so that whatever moves was moved by it. */
export interface Range {
  run(script: { readonly number: number; readonly text: string }): Promise<Observation>;
  close(): Promise<void>;
}

/** Beside a step's own wall time: a cell that starts, and the broker's deadline behind the cell's. */
const MARGIN_MS = 15_000;

export const openRange = async (profile: ProfileName, seed: string): Promise<Range> => {
  const wallMs = demandProfiles(makeProgramFilePowers())[profile].limits.wall_ms;
  let ground = await startGround(profile);
  return Object.freeze<Range>({
    run: async ({ number, text }) => {
      const found = await attack(ground, { number, text, seed, waitMs: wallMs + MARGIN_MS });
      // What hangs, or has lost its broker, is no ground for the next one.
      if (found.hung || found.moves.some(({ canary }) => canary === 'broker')) {
        await ground.close();
        ground = await startGround(profile);
      }
      return found;
    },
    close: () => ground.close(),
  });
};

interface Attack {
  readonly number: number;
  readonly text: string;
  readonly seed: string;
  readonly waitMs: number;
}

const attack = async (
  { folder, broker, client, canaries }: Ground,
  { number, text, seed, waitMs }: Attack,
): Promise<Observation> => {
  const source = asAttackedStep(scriptSource(text, 'attack'));
  const told = { ...canaries.places, broker: broker.pid };
  await broker.load({
    number,
    plugin: parsePluginId(`probe-${number}`) as PluginId,
    source: withPlaces(source, told),
    seed,
  });
  const logged = (await readFile(folder.auditLog, 'utf8')).length;
  broker.takeLog();
  canaries.arm();
  const startedAt = performance.now();
  const task = await runTask(client, `summarize user_docs/${DOCUMENT}`, waitMs).catch(
    async (thrown: unknown) => {
      if (await broker.hasEnded()) return LOST;
      throw thrown;
    },
  );
  const ms = Math.round(performance.now() - startedAt);
  const peak = await broker.peak().catch(() => 0);
  const audit = (await readFile(folder.auditLog, 'utf8')).slice(logged);
  const moves = canaries.moves([task.text, broker.takeLog(), audit].join('\n'));
  return {
    hung: task === LATE,
    ended: task.ended,
    said: task.said,
    moves: task === LOST ? [...moves, { canary: 'broker', what: 'it ended' }] : moves,
    ms,
    peakMb: Math.round(peak / 1024 / 1024),
  };
};

const LOST: TaskEnd = { status: 'lost', ended: 'lost', said: '', text: '' };

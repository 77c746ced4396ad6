import { readFile } from 'node:fs/promises';
import { demandProfiles } from '../../broker/main/demand-profiles.ts';
import { makeProgramFilePowers } from '../../broker/main/powers/program-files.ts';
import type { ProfileName } from '../../vocabulary/enums.ts';
import { type PluginId, parsePluginId } from '../../vocabulary/ids.ts';
import { CommandFailure } from '../command-failure.ts';
import { EXIT } from '../exit-codes.ts';
import { asAttackedStep } from './attacked-steps.ts';
import type { CanaryMove } from './canaries.ts';
import { type Ground, startGround } from './ground.ts';
import { DOCUMENT } from './range-folder.ts';
import type { RangeProcess } from './range-process.ts';
import { LATE, runTask, type TaskEnd } from './run-task.ts';
import { scriptSource } from './script-source.ts';
import { withPlaces } from './with-places.ts';
import { within } from './within.ts';

/** How long the agent may take for an answer about a script that is over. */
const ANSWER_MS = 1_000;

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

/** @param waitMs how long a script may take before it hangs; by default what its profile gives, and a margin */
export const openRange = async (
  profile: ProfileName,
  seed: string,
  waitMs: number = wallOf(profile) + MARGIN_MS,
): Promise<Range> => {
  let ground = await startGround(profile);
  return Object.freeze<Range>({
    run: async ({ number, text }) => {
      const found = await attack(ground, { number, text, seed, waitMs });
      // Where something hung or moved is no ground for the next one: that must answer for itself alone.
      if (found.hung || found.moves.length > 0) {
        await ground.close();
        ground = await startGround(profile);
      }
      return found;
    },
    close: () => ground.close(),
  });
};

const wallOf = (profile: ProfileName): number =>
  demandProfiles(makeProgramFilePowers())[profile].limits.wall_ms;

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
  const plugin = parsePluginId(`probe-${number}`) as PluginId;
  const loaded = broker.load({ number, plugin, source: withPlaces(source, told), seed });
  const logged = (await readFile(folder.auditLog, 'utf8')).length;
  broker.takeLog();
  canaries.arm();
  const startedAt = performance.now();
  const ended = loaded
    .then(() => runTask(client, `summarize user_docs/${DOCUMENT}`, waitMs))
    .catch(endOfNoAnswer(broker));
  const task = await within(waitMs + ANSWER_MS, ended, LATE);
  const ms = Math.round(performance.now() - startedAt);
  const peak = await within(
    ANSWER_MS,
    broker.peak().catch(() => 0),
    0,
  );
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

/** An agent that does not answer has ended, or hangs. That it refuses is no end of a script, and ends the probe. */
const endOfNoAnswer =
  (broker: RangeProcess) =>
  async (thrown: unknown): Promise<TaskEnd> => {
    if (await broker.hasEnded()) return LOST;
    if (thrown instanceof CommandFailure && thrown.exitCode === EXIT.unreachable) return LATE;
    throw thrown;
  };

const LOST: TaskEnd = { status: 'lost', ended: 'lost', said: '', text: '' };

import { chmod, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { CellSource } from '../../broker/main/cell-source.ts';
import type { CellProcess } from '../../broker/supervisor/cell-process.ts';
import { withoutConstructors } from '../../linux/elf/without-constructors.ts';
import { thisArchitecture } from '../../linux/this-architecture.ts';
import type { Attack } from '../../protocol/owned.ts';
import type { ProfileName } from '../../vocabulary/enums.ts';
import { toAgentError } from '../../vocabulary/errors.ts';
import { startCells } from '../doctor/start-cells.ts';
import { type OwnedEnd, runOwnedCell } from '../owned-cell.ts';
import { readScript, type Script } from './find-scripts.ts';
import { type Ground, startGround } from './ground.ts';
import { ownedScript } from './owned-script.ts';
import { type OwnedObservation, ownedVerdict, refusedVerdict } from './owned-verdict.ts';
import { shuffled } from './shuffled.ts';
import type { Verdict } from './verdict.ts';
import { within } from './within.ts';

interface OwnedRun {
  readonly profile: ProfileName;
  readonly seed: number;
  readonly onVerdict: (verdict: Verdict) => void;
}

/**
 * Gives each script or shared object a whole cell behind the real lock, one after another, beside an agent that
 * they may turn on: it must serve the next task.
 */
export const runOwned = async (
  scripts: readonly Script[],
  { profile, seed, onVerdict }: OwnedRun,
): Promise<readonly Verdict[]> => {
  const waiting = shuffled(scripts, seed).map((script) => ({ script, bytes: readScript(script) }));
  const ground = await startGround(profile);
  const cells = startCells('owned', { weak: false, readable: ground.folder.libraries });
  const verdicts: Verdict[] = [];
  try {
    await cells.ready();
    for (const [number, { script, bytes }] of waiting.entries()) {
      const attack = await attackOf(script, bytes, ground, number);
      const verdict =
        'refused' in attack
          ? refusedVerdict(script.name, attack.refused)
          : ownedVerdict(script.name, await observe(ground, cells, profile, attack));
      verdicts.push(verdict);
      onVerdict(verdict);
    }
  } finally {
    await cells.close();
    await ground.close();
  }
  return verdicts.toSorted((a, b) => (a.script < b.script ? -1 : 1));
};

// A library is loaded where it is read: a copy without what a compiler would have run at that moment, in the one
// folder that the cell may read until it is locked. The cell looks at it again.
const attackOf = async (
  { path }: Script,
  bytes: Buffer,
  { folder, canaries, broker }: Ground,
  number: number,
): Promise<Attack | { readonly refused: string }> => {
  if (extname(path) !== '.so') {
    const places = { ...canaries.places, broker: broker.pid };
    return { kind: 'script', text: ownedScript(bytes.toString('utf8'), places) };
  }
  const copy = join(folder.libraries, `${number}.so`);
  try {
    await writeFile(copy, withoutConstructors(bytes, thisArchitecture()));
  } catch (thrown) {
    return { refused: toAgentError(thrown).message };
  }
  await chmod(copy, 0o644);
  return { kind: 'shared_object', text: copy };
};

/** An owned cell has no step and no profile's time; this is what it gets. */
const WAIT_MS = 30_000;
const MARGIN_MS = 5_000;

const observe = async (
  { canaries, serves }: Ground,
  cells: CellSource,
  profile: ProfileName,
  attack: Attack,
): Promise<OwnedObservation> => {
  canaries.arm();
  const startedAt = performance.now();
  const cell = await cells.launch(profile);
  const memory = watchMemory(cell);
  const end = await within<OwnedEnd | undefined>(
    WAIT_MS + MARGIN_MS,
    runOwnedCell(cell, attack, { waitMs: WAIT_MS }),
    undefined,
  );
  const ms = Math.round(performance.now() - startedAt);
  const moves = [...canaries.moves(toldBy(end))];
  if (!(await serves())) moves.push({ canary: 'broker', what: 'it serves no task any more' });
  return { pid: cell.pid, end, moves, ms, late: ms >= WAIT_MS, ...memory.stop() };
};

const toldBy = (end: OwnedEnd | undefined): string =>
  end === undefined ? '' : [...end.reports, end.ended ?? '', end.exit.said ?? ''].join('\n');

const MOST_BYTES = 512 * 1024 * 1024;
const LOOK_MS = 25;

/** Remembers the most that a cell held, and ends one that holds too much: it has no step to be ended for it. */
const watchMemory = (cell: CellProcess) => {
  let peak = 0;
  let tooLarge = false;
  const look = async (): Promise<void> => {
    const usage = await cell.usage();
    if (usage === undefined) return;
    peak = Math.max(peak, usage.peakRssBytes, usage.rssBytes);
    if (usage.rssBytes <= MOST_BYTES) return;
    tooLarge = true;
    cell.kill();
  };
  const timer = setInterval(() => void look(), LOOK_MS);
  return {
    stop: () => {
      clearInterval(timer);
      return { peakMb: Math.round(peak / 1024 / 1024), tooLarge };
    },
  };
};

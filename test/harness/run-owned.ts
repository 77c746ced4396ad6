import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CellSource } from '../../core/broker/main/cell-source.ts';
import { makeSpawnerLauncher } from '../../core/broker/main/powers/spawner-launcher.ts';
import { makeFrameReader } from '../../core/protocol/frame.ts';
import type { LockFacts } from '../../core/protocol/lock-facts.ts';
import { MAX_FRAME_FROM_CELL } from '../../core/protocol/messages.ts';
import { type Attack, encodeAttack, parseFromOwned } from '../../core/protocol/owned.ts';
import { PACKAGE_ROOT } from '../../core/vocabulary/package-root.ts';

/** How an owned cell went: what it said, and how its process ended. */
export interface OwnedRun {
  readonly pid: number;
  readonly lock: LockFacts | undefined;
  readonly reports: readonly string[];
  /** `returned …` or `threw …`; undefined when the process ended before. */
  readonly ended: string | undefined;
  readonly code: number | null;
  readonly signal: string | null;
  /** The cell's own line about why it refused. */
  readonly said: string;
}

let own: CellSource | undefined;

/** Owned cells from a real spawner, one for the whole test process; it ends with the process. */
export const ownedCells = (): CellSource => {
  own ??= makeSpawnerLauncher({ entry: 'owned' });
  return own;
};

const SPAWNER = fileURLToPath(new URL('./owned-spawner.js', import.meta.url));

/** Owned cells that may also read this folder until they are locked: a library lies there. */
export const ownedCellsReading = (folder: string): CellSource =>
  makeSpawnerLauncher({ program: [SPAWNER, folder] });

const WAIT_MS = 30_000;

/** Runs an attack in a real process behind the real lock, and waits for its end. */
export const runOwned = async (
  attack: Attack,
  { cells = ownedCells(), wait = WAIT_MS }: { cells?: CellSource; wait?: number } = {},
): Promise<OwnedRun> => {
  const cell = await cells.launch('standard');
  const timer = setTimeout(() => cell.kill(), wait);
  const read = makeFrameReader(MAX_FRAME_FROM_CELL);
  const reports: string[] = [];
  let lock: LockFacts | undefined;
  let ended: string | undefined;
  const closed = new Promise((resolve) => cell.channel.once('close', resolve));
  cell.channel.on('error', () => {});
  cell.channel.on('data', (chunk: Buffer) => {
    for (const message of read(chunk).map(parseFromOwned)) {
      if (message.type === 'locked') lock = message.lock;
      else if (message.type === 'report') reports.push(message.text);
      else ended = `${message.how} ${message.text}`;
    }
  });
  cell.channel.write(encodeAttack(attack));
  const { code, signal, said = '' } = await cell.exited;
  await closed;
  clearTimeout(timer);
  return { pid: cell.pid, lock, reports, ended, code, signal, said };
};

/** The text of an attack of `test/hazards/owned/`, told whom to turn on, if anyone. */
export const ownedScript = (
  name: string,
  targets: Readonly<Record<string, unknown>> = {},
): Attack => ({
  kind: 'script',
  text: [
    `Object.assign(globalThis, ${JSON.stringify(targets)});`,
    readFileSync(join(PACKAGE_ROOT, 'test/hazards/owned', `${name}.js`), 'utf8'),
  ].join('\n'),
});

/** The same text, run on the thread that is older than the lock. */
export const onOlderThread = ({ kind, text }: Attack): Attack => ({
  kind,
  text: `const text = await onThread(${JSON.stringify(text)}); if (text !== 'undefined') throw text;`,
});

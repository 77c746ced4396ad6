import { release } from 'node:os';
import { chooseLauncher } from '../../broker/main/choose-launcher.ts';
import { demandProfiles } from '../../broker/main/demand-profiles.ts';
import { makeProgramFilePowers } from '../../broker/main/powers/program-files.ts';
import { landlockAbi } from '../../linux/landlock/landlock-abi.ts';
import { parseLandlockProfile } from '../../linux/landlock/landlock-profile.ts';
import { readKernelProfile } from '../../linux/read-kernel-profile.ts';
import { parseSeccompProfile, type SeccompProfile } from '../../linux/seccomp/seccomp-profile.ts';
import type { SandboxProfile } from '../../protocol/profile.ts';
import type { ProfileName } from '../../vocabulary/enums.ts';
import { type Cells, openCells, type StartCells } from './cells.ts';
import { examineBroker } from './examine-broker.ts';
import { type CellExamination, type CellWall, examineCell } from './examine-cell.ts';
import { examineSpawner } from './examine-spawner.ts';
import { buildForeignEntry, tryForeignEntry, tryX32 } from './foreign-calls.ts';
import { type Ground, layGround } from './ground.ts';
import { tryGuestSteps } from './guest-steps.ts';
import type { Row } from './row.ts';
import { type Facts, type Verdict, verdictOf } from './verdict.ts';

interface ExamineOptions {
  readonly profiles: readonly ProfileName[];
  /** Told what is tried next. */
  readonly onProgress: (text: string) => void;
  /** The real spawner; tests start one on a kernel that seems older. */
  readonly startCells: StartCells;
}

/** Starts the real processes behind their real walls, lets each try what it must not, and says what answered. */
export const examine = async (options: ExamineOptions): Promise<Verdict> => {
  const ground = await layGround();
  try {
    options.onProgress('broker');
    const broker = await examineBroker(ground, readSeccomp('broker'));
    options.onProgress('spawner');
    const spawner = await examineSpawner(ground, readSeccomp('spawner'));
    const cells = await examineCells(options, ground);
    return verdictOf(factsOf(cells.first), [...broker, ...spawner, ...cells.rows]);
  } finally {
    await ground.clear();
  }
};

interface Examined {
  readonly rows: readonly Row[];
  readonly first: CellExamination | undefined;
}

const examineCells = async (
  { profiles, onProgress, startCells }: ExamineOptions,
  ground: Ground,
): Promise<Examined> => {
  const before = ground.connections();
  const owned = await openCells(startCells, 'owned', ground.workshop);
  const serving = await openCells(startCells, 'cell');
  const library = buildForeignEntry(ground.workshop);
  const known = demandProfiles(makeProgramFilePowers());
  const rows: Row[] = [];
  let first: CellExamination | undefined;
  try {
    for (const name of profiles) {
      onProgress(`cell, profile ${name}`);
      const found = await examineProfile(known[name], { owned, serving, library, ground });
      first ??= found.examination;
      rows.push(...found.rows);
    }
    rows.push(reachedRow(ground.connections() - before));
    return { rows, first };
  } finally {
    await Promise.all([owned.close(), serving.close()]);
  }
};

interface Range {
  readonly owned: Cells;
  readonly serving: Cells;
  readonly library: string | undefined;
  readonly ground: Ground;
}

const examineProfile = async (
  profile: SandboxProfile,
  { owned, serving, library, ground }: Range,
): Promise<{ readonly rows: readonly Row[]; readonly examination: CellExamination }> => {
  const { name } = profile;
  const examination = await examineCell(name, owned, ground.targets, wallOf(profile));
  if (examination.lock === undefined) return { rows: examination.rows, examination };
  const rows = [
    ...examination.rows,
    await tryX32(name, owned),
    await tryForeignEntry(name, owned, library),
    ...(await tryGuestSteps(profile, serving)),
  ];
  return { rows, examination };
};

/** What counts in the end: whether anything came out of a cell, whatever it was told. */
const reachedRow = (connections: number): Row => ({
  process: 'cell',
  profile: null,
  tried: 'reach a listener of the broker',
  answered: `${connections} connections`,
  enforcedBy: connections === 0 ? 'seen by the listeners' : null,
  mandatory: true,
  ok: connections === 0,
});

const factsOf = (cell: CellExamination | undefined): Facts => {
  const field = (name: string): string =>
    cell?.status?.fields.get(name)?.replaceAll(/\s+/g, ' ') ?? 'unknown';
  const { node, v8, isolatedVm } = makeProgramFilePowers().engineVersions();
  return {
    agent: makeProgramFilePowers().ownVersion(),
    kernel: `${release()} ${process.arch}`,
    landlock_abi: cell?.lock?.landlockAbi ?? landlockAbi(),
    node,
    v8,
    isolated_vm: isolatedVm,
    launcher: launcherText(),
    started_by: process.getuid?.() === 0 ? 'root' : `uid ${process.getuid?.()}`,
    cell_uid: field('Uid'),
    cell_gid: field('Gid'),
    cell_groups: field('Groups') || 'none',
    cell_capabilities: `effective ${field('CapEff')}, bounding ${field('CapBnd')}`,
  };
};

// The cells of units are tried where they run: their walls are theirs, and nobody but systemd starts one.
const launcherText = (): string =>
  chooseLauncher(process.env).kind === 'spawn'
    ? 'spawn'
    : 'spawn, for this examination; serve takes its cells from systemd';

const wallOf = ({ landlock, seccomp }: SandboxProfile): CellWall => ({
  landlock: parseLandlockProfile(readKernelProfile('landlock', landlock)),
  seccomp: readSeccomp(seccomp),
});

const readSeccomp = (name: string): SeccompProfile =>
  parseSeccompProfile(readKernelProfile('seccomp', name));

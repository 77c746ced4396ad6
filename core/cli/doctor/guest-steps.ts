import { openSession } from '../../broker/supervisor/session.ts';
import type { SandboxProfile } from '../../protocol/profile.ts';
import { toAgentError } from '../../vocabulary/errors.ts';
import { type PluginId, parsePluginId } from '../../vocabulary/ids.ts';
import type { Cells } from './cells.ts';
import type { Row } from './row.ts';

/** What a guest tries from inside of its isolate, and who may end that. */
interface GuestStep {
  readonly tried: string;
  readonly body: string;
  /** By the code that the step ends with; `completed` is only told by a guest that was refused. */
  readonly ends: ReadonlyMap<string, string>;
}

const MB = 1024 * 1024;
/** The endless getter is left so long, where the profile would leave it longer. */
const MOST_CPU_MS = 500;

const STEPS: readonly GuestStep[] = [
  {
    // V8 does not count the growth of a resizable buffer: a 32 MB isolate reached 2 GB (attack 70).
    tried: 'fill memory with resizable buffers',
    body: `const held = [];
      for (let count = 0; count < 32; count += 1) {
        const buffer = new ArrayBuffer(1, { maxByteLength: ${64 * MB} });
        if (buffer.resizable !== true) return {};
        buffer.resize(${64 * MB});
        new Uint8Array(buffer).fill(1);
        held.push(buffer);
      }
      for (;;);`,
    ends: new Map([
      ['completed', 'prelude: no resizable buffer'],
      ['memory', 'supervisor: rss_mb'],
    ]),
  },
  {
    // The engine's own time limit does not reach a getter that the host would read (attack 53).
    tried: 'never return from a getter of an error',
    body: 'throw { get message() { for (;;); }, get stack() { for (;;); } };',
    ends: new Map([
      ['cpu', 'cell: cpu_ms'],
      ['wall', 'supervisor: wall_ms'],
      ['guest_error', 'prelude: reads no getter'],
    ]),
  },
];

/** Runs the steps in a real cell behind a real session, with the limits of the profile. */
export const tryGuestSteps = async (
  profile: SandboxProfile,
  cells: Cells,
): Promise<readonly Row[]> => {
  const rows: Row[] = [];
  for (const step of STEPS) rows.push(await tryStep(profile, cells, step));
  return rows;
};

const tryStep = async (
  profile: SandboxProfile,
  cells: Cells,
  { tried, body, ends }: GuestStep,
): Promise<Row> => {
  const place = { process: 'cell', profile: profile.name, tried, mandatory: true } as const;
  try {
    const cell = await cells.launch(profile.name);
    const session = await openSession(cell, profile, () => {});
    let peakRssBytes: number | undefined;
    const { outcome } = await session.run({
      plugin: demandId('doctor'),
      profile: profile.name,
      source: `var __plugin = { steps: { main: async () => { ${body} } } };`,
      entry: 'main',
      input: {},
      handles: [],
      now: 0,
      seed: 1,
      signal: new AbortController().signal,
      limits: { cpu_ms: Math.min(profile.limits.cpu_ms, MOST_CPU_MS) },
      onEnded: (seen) => {
        ({ peakRssBytes } = seen);
      },
    });
    session.dismiss();
    await session.ended;
    const how = outcome.kind === 'failed' ? outcome.code : 'completed';
    const enforcedBy = ends.get(how) ?? null;
    return { ...place, answered: answerOf(how, peakRssBytes), enforcedBy, ok: enforcedBy !== null };
  } catch (thrown) {
    const answered = `no cell: ${toAgentError(thrown).message}`;
    return { ...place, answered, enforcedBy: null, ok: false };
  }
};

const demandId = (text: string): PluginId => {
  const id = parsePluginId(text);
  if (id === undefined) throw new Error(`\`${text}\` names no plugin`);
  return id;
};

const answerOf = (how: string, peakRssBytes: number | undefined): string =>
  peakRssBytes === undefined ? how : `${how}, peak ${Math.round(peakRssBytes / MB)} MB`;

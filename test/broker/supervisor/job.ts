import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { OnViolation } from '../../../core/broker/supervisor/session.ts';
import {
  type Handle,
  type HandleMethod,
  type Launcher,
  makeSupervisor,
  type StepJob,
  type Supervisor,
} from '../../../core/broker/supervisor/supervisor.ts';
import type { StepLimits } from '../../../core/protocol/limits.ts';
import { parseProfile, type SandboxProfile } from '../../../core/protocol/profile.ts';
import { newHandleId } from '../../../core/vocabulary/ids.ts';
import type { Log } from '../../../core/vocabulary/log.ts';
import { PACKAGE_ROOT } from '../../../core/vocabulary/package-root.ts';
import { cellSource } from '../../harness/cell-source.ts';

/** The profile that ships. */
export const STANDARD: SandboxProfile = parseProfile(
  'standard',
  JSON.parse(readFileSync(`${PACKAGE_ROOT}/sandbox-profiles/standard.json`, 'utf8')),
);

/** The same with other limits. */
export const standardWith = (limits: Partial<StepLimits>): SandboxProfile => ({
  ...STANDARD,
  limits: { ...STANDARD.limits, ...limits },
});

export const SILENT: Log = { info: () => {}, warn: () => {}, error: () => {} };

/** A job whose only step has this body, a function of `input` and `handles`. */
export const jobOf = (body: string, parts: Partial<StepJob> = {}): StepJob => ({
  source: `var __plugin = { steps: { main: async (input, handles) => { ${body} } } };`,
  entry: 'main',
  input: {},
  handles: [],
  now: 1_700_000_000_000,
  seed: 7,
  signal: new AbortController().signal,
  ...parts,
});

/** A supervisor over real cells. */
export const realSupervisor = (
  parts: {
    launcher?: Launcher;
    size?: number;
    profile?: SandboxProfile;
    onViolation?: OnViolation;
  } = {},
): Supervisor =>
  makeSupervisor({
    launcher: cellSource(),
    profile: STANDARD,
    log: SILENT,
    size: 1,
    ...parts,
  });

export const handleOf = (
  parameter: string,
  methods: Readonly<Record<string, HandleMethod>>,
  index: number | null = null,
): Handle => ({
  id: newHandleId(randomBytes),
  parameter,
  index,
  methods: new Map(Object.entries(methods)),
});

import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { OnViolation } from '../../../core/broker/supervisor/session.ts';
import {
  type CellDeath,
  type Handle,
  type HandleMethod,
  type Launcher,
  makeSupervisor,
  type QuarantinedPlugin,
  type StepJob,
  type Supervisor,
} from '../../../core/broker/supervisor/supervisor.ts';
import type { StepLimits } from '../../../core/protocol/limits.ts';
import { parseProfile, type SandboxProfile } from '../../../core/protocol/profile.ts';
import type { ProfileName } from '../../../core/vocabulary/enums.ts';
import { newHandleId, type PluginId, parsePluginId } from '../../../core/vocabulary/ids.ts';
import type { Log } from '../../../core/vocabulary/log.ts';
import { PACKAGE_ROOT } from '../../../core/vocabulary/package-root.ts';
import { cellSource } from '../../harness/cell-source.ts';

const shippedProfile = (name: ProfileName): SandboxProfile =>
  parseProfile(
    name,
    JSON.parse(readFileSync(`${PACKAGE_ROOT}/sandbox-profiles/${name}.json`, 'utf8')),
  );

/** The profiles that ship. */
export const PROFILES: Readonly<Record<ProfileName, SandboxProfile>> = {
  standard: shippedProfile('standard'),
  strict: shippedProfile('strict'),
  vetting: shippedProfile('vetting'),
};
export const STANDARD: SandboxProfile = PROFILES.standard;

/** The same with other limits. */
export const standardWith = (limits: Partial<StepLimits>): SandboxProfile => ({
  ...STANDARD,
  limits: { ...STANDARD.limits, ...limits },
});

export const SILENT: Log = { info: () => {}, warn: () => {}, error: () => {} };

export const pluginOf = (id: string): PluginId => {
  const plugin = parsePluginId(id);
  if (plugin === undefined) throw new Error(`no plugin id: ${id}`);
  return plugin;
};

/** A job whose only step has this body, a function of `input` and `handles`. */
export const jobOf = (body: string, parts: Partial<StepJob> = {}): StepJob => ({
  plugin: pluginOf('tested'),
  profile: 'standard',
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
    /** In place of the shipped one of its name. */
    profile?: SandboxProfile;
    elapsed?: () => number;
    onViolation?: OnViolation;
    onDeath?: (death: CellDeath) => void;
    onQuarantine?: (plugin: QuarantinedPlugin) => void;
  } = {},
): Supervisor => {
  const { profile = STANDARD, ...rest } = parts;
  return makeSupervisor({
    launcher: cellSource(),
    profiles: { ...PROFILES, [profile.name]: profile },
    log: SILENT,
    elapsed: () => performance.now(),
    size: 1,
    ...rest,
  });
};

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

import type { SandboxProfile } from '../../protocol/profile.ts';
import type { ProfileName } from '../../vocabulary/enums.ts';
import type { PluginId } from '../../vocabulary/ids.ts';
import type { Session } from './session.ts';

/** Which cell a step may run in. */
export interface Wish {
  readonly plugin: PluginId;
  readonly profile: ProfileName;
  /** True where no cell will do that ran a step before. */
  readonly fresh?: boolean;
}

/** One cell of the pool, and what it was used for. */
export interface Member {
  readonly session: Session;
  readonly profile: SandboxProfile;
  /** Whose step ran in it last; null while it is unused. */
  plugin: PluginId | null;
  steps: number;
  busy: boolean;
  /** True while its step has an outcome and its isolate is not gone yet: it is free in a moment. */
  settling: boolean;
  /** True once it is to end: it takes no further step. */
  leaving: boolean;
  /** True once its death is counted. */
  mourned: boolean;
  isFree(): boolean;
  /** True when its profile has it replaced, by steps or by age. */
  isSpent(): boolean;
  /** A step begins in it. The first one starts its age: an unused cell has held nobody's code. */
  use(plugin: PluginId, onAged: () => void): void;
  /** Stops counting its age. */
  forget(): void;
}

export const makeMember = (session: Session, profile: SandboxProfile): Member => {
  const { recycle } = profile;
  let timer: NodeJS.Timeout | undefined;
  let aged = false;
  const member: Member = {
    session,
    profile,
    plugin: null,
    steps: 0,
    busy: false,
    settling: false,
    leaving: false,
    mourned: false,
    isFree: () => !member.busy && !member.leaving && session.isAlive(),
    isSpent: () => aged || member.steps >= recycle.steps,
    use: (plugin, onAged) => {
      member.plugin = plugin;
      member.steps += 1;
      member.busy = true;
      timer ??= setTimeout(() => {
        aged = true;
        onAged();
      }, recycle.age_ms);
    },
    forget: () => clearTimeout(timer),
  };
  return member;
};

/**
 * The cordon: what ran in a cell may own it by now, so it takes further steps of the same plugin only,
 * unless the profile lets plugins share (attack 86).
 */
export const belongsTo = ({ profile, plugin, steps }: Member, wish: Wish): boolean => {
  if (profile.name !== wish.profile) return false;
  if (plugin === null || steps === 0) return true;
  return wish.fresh !== true && (plugin === wish.plugin || profile.plugins_share_process);
};

/** Ended or about to: its place will be free without more being done. */
export const isLeaving = ({ leaving, session }: Member): boolean => leaving || !session.isAlive();

/** The idle cell that is missed least when room is needed: the one unused for longest, a new one last. */
export const victimAmong = (members: ReadonlySet<Member>): Member | undefined => {
  const free = [...members].filter((member) => member.isFree());
  return free.find(({ steps }) => steps > 0) ?? free[0];
};

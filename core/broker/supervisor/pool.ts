import type { SandboxProfile } from '../../protocol/profile.ts';
import type { ProfileName } from '../../vocabulary/enums.ts';
import { AgentError, toAgentError } from '../../vocabulary/errors.ts';
import type { PluginId } from '../../vocabulary/ids.ts';
import type { Log } from '../../vocabulary/log.ts';
import { backOffMs } from './back-off.ts';
import type { DeathReason } from './cell-end.ts';
import { makeFairQueue } from './fair-queue.ts';
import { belongsTo, isLeaving, type Member, makeMember, victimAmong, type Wish } from './member.ts';
import type { Session, StepRun } from './session.ts';

/** The cells of all profiles: started on demand up to a number, one unused one always kept ready. */
export interface Pool {
  /** A free cell of this plugin's cordon. @throws sandbox_unavailable, quarantined; the signal's reason */
  acquire(wish: Wish, signal: AbortSignal): Promise<Session>;
  /** Gives a cell back after its step. */
  release(session: Session, run: StepRun): void;
  /** Sends away all that waits of this plugin. */
  turnAway(plugin: PluginId, why: AgentError): void;
  cells(): readonly Pick<Member, 'session' | 'busy'>[];
  /** Settles with the first cell, or with the reason why there is none. */
  readonly ready: Promise<void>;
  close(): Promise<void>;
}

/** What becomes of cells, for who counts it. */
export interface PoolEvents {
  /** A cell died under a plugin, in its step or after it. */
  died(death: CellDeath): void;
  /** A step completed and left its cell whole. */
  survived(plugin: PluginId): void;
}

export interface CellDeath {
  readonly pid: number;
  readonly profile: ProfileName;
  readonly plugin: PluginId;
  readonly reason: DeathReason;
}

interface PoolDeps {
  readonly profiles: Readonly<Record<ProfileName, SandboxProfile>>;
  readonly open: (profile: SandboxProfile) => Promise<Session>;
  /** The most cells at once, those that are being started included. */
  readonly size: number;
  readonly log: Log;
  readonly events: PoolEvents;
}

interface Waiter {
  readonly wish: Wish;
  readonly cell: PromiseWithResolvers<Session>;
  /** True while a busy cell of its own is waited for, before an idle one of another's ends for it. */
  patient: boolean;
}

const TRIES = 3;
/** A new cell costs a quarter of a second of a core, and most steps take less than this. */
const PATIENCE_MS = 100;
/** Of this profile an unused cell is always kept ready. */
export const WARM_PROFILE: ProfileName = 'standard';

export const makePool = ({ profiles, open, size, log, events }: PoolDeps): Pool => {
  const members = new Set<Member>();
  const waiting = makeFairQueue<PluginId, Waiter>();
  const launching: ProfileName[] = [];
  const failures = new Map<ProfileName, number>();
  let closed = false;
  const first = Promise.withResolvers<void>();
  first.promise.catch(() => {});

  const failuresOf = (name: ProfileName): number => failures.get(name) ?? 0;
  const leave = (waiter: Waiter): void => waiting.remove(waiter.wish.plugin, waiter);

  const launch = async (name: ProfileName): Promise<void> => {
    launching.push(name);
    try {
      await new Promise((resolve) => setTimeout(resolve, backOffMs(failuresOf(name))));
      if (!closed) join(makeMember(await open(profiles[name]), profiles[name]));
    } catch (thrown) {
      failedToStart(name, toAgentError(thrown).message);
    } finally {
      launching.splice(launching.indexOf(name), 1);
      serve();
    }
  };
  const failedToStart = (name: ProfileName, reason: string): void => {
    failures.set(name, failuresOf(name) + 1);
    log.error({ profile: name, reason, failures: failuresOf(name) }, 'no cell could be started');
    const has = [...members].some(({ profile }) => profile.name === name);
    if (!has && failuresOf(name) >= TRIES) refuse(reason, name);
  };
  const refuse = (message: string, name?: ProfileName): void => {
    first.reject(new AgentError({ code: 'sandbox_unavailable', message }));
    for (const waiter of waiting.inTurn()) {
      if (name !== undefined && waiter.wish.profile !== name) continue;
      leave(waiter);
      waiter.cell.reject(new AgentError({ code: 'sandbox_unavailable', message }));
    }
  };
  const join = (member: Member): void => {
    first.resolve();
    const { session } = member;
    members.add(member);
    void session.ended.then((end) => {
      members.delete(member);
      member.forget();
      // Two things alone are counted against nobody: a dismissal, and a death that was counted already.
      if (end !== 'dismissed' && !member.mourned) mourn(member, end);
      serve();
    });
    if (closed) session.dismiss();
  };
  const mourn = (member: Member, reason: DeathReason): void => {
    member.mourned = true;
    const { name } = member.profile;
    if (member.plugin === null) failedToStart(name, `a cell that nobody used ended: ${reason}`);
    else events.died({ pid: member.session.pid, profile: name, plugin: member.plugin, reason });
  };
  const dismiss = (member: Member): void => {
    member.leaving = true;
    member.session.dismiss();
  };

  // Whatever changed: who can be served is served, and for who still waits a cell is started.
  const serve = (): void => {
    if (closed) return;
    // A cell that has a plugin goes first: one that is new can still become anybody's.
    const free = [...members].filter((member) => member.isFree());
    for (const member of free.toSorted((a, b) => Number(b.steps > 0) - Number(a.steps > 0))) {
      if (isOwedToAnother(member)) dismiss(member);
      else {
        const next = waiting.take(
          (waiter) => belongsTo(member, waiter.wish) && (member.steps > 0 || !isServedSoon(waiter)),
        );
        if (next !== undefined) hand(member, next);
      }
    }
    grow();
  };
  // Where every cell is in use, a plugin with a long queue keeps its cells only while nobody whose turn it
  // is has fewer: else its thousand steps would be served before another's one (attack 65).
  const isOwedToAnother = (member: Member): boolean => {
    const [next] = waiting.inTurn();
    if (next === undefined || next.patient || belongsTo(member, next.wish)) return false;
    if (hasRoom() || isEnding() || launching.includes(next.wish.profile)) return false;
    const cellsOf = (plugin: PluginId | null): number =>
      [...members].filter((other) => other.plugin === plugin && !other.leaving).length;
    const has = cellsOf(next.wish.plugin);
    return has === 0 || has + 1 < cellsOf(member.plugin);
  };
  // Of two steps in a row the second comes before the first one's isolate is gone: it takes no new cell.
  const isServedSoon = ({ patient, wish }: Waiter): boolean =>
    patient && [...members].some((member) => member.settling && belongsTo(member, wish));
  const isEnding = (): boolean => [...members].some(isLeaving);
  const hand = (member: Member, { wish, cell }: Waiter): void => {
    member.use(wish.plugin, () => !member.busy && dismiss(member));
    cell.resolve(member.session);
  };
  const grow = (): void => {
    const coming = [...launching];
    let ending = [...members].filter(isLeaving).length;
    for (const waiter of waiting.inTurn()) {
      const { profile } = waiter.wish;
      const at = coming.indexOf(profile);
      if (isServedSoon(waiter)) continue;
      if (at >= 0) coming.splice(at, 1);
      else if (hasRoom()) void launch(profile);
      else if (ending > 0) ending -= 1;
      else if (!waiter.patient) {
        const victim = victimAmong(members);
        if (victim === undefined) return;
        dismiss(victim);
      }
    }
    const isReady = [...members].some(
      (member) => member.steps === 0 && member.profile.name === WARM_PROFILE,
    );
    if (!isReady && !coming.includes(WARM_PROFILE) && hasRoom()) void launch(WARM_PROFILE);
  };
  const hasRoom = (): boolean => members.size + launching.length < size;

  serve();
  return Object.freeze<Pool>({
    acquire: async (wish, signal) => {
      signal.throwIfAborted();
      if (closed) throw new AgentError({ code: 'sandbox_unavailable', message: 'closed' });
      const patient = [...members].some((member) => member.busy && belongsTo(member, wish));
      const waiter: Waiter = { wish, cell: Promise.withResolvers(), patient };
      const abort = (): void => {
        leave(waiter);
        waiter.cell.reject(signal.reason);
      };
      signal.addEventListener('abort', abort, { once: true });
      const patience = setTimeout(() => {
        waiter.patient = false;
        serve();
      }, PATIENCE_MS);
      waiting.add(wish.plugin, waiter);
      serve();
      try {
        return await waiter.cell.promise;
      } finally {
        clearTimeout(patience);
        signal.removeEventListener('abort', abort);
      }
    },
    release: (session, { outcome, death, after }) => {
      const member = [...members].find((candidate) => candidate.session === session);
      if (member === undefined || member.plugin === null) return;
      const { plugin, profile } = member;
      if (death !== null) return mourn(member, death);
      const survived = (): void => {
        failures.delete(profile.name);
        if (outcome.kind === 'completed') events.survived(plugin);
      };
      if (member.isSpent()) {
        survived();
        dismiss(member);
        return;
      }
      member.settling = true;
      void after.then((left) => {
        member.settling = false;
        if (left === 'gone') return;
        survived();
        member.leaving ||= left === 'full';
        member.busy = false;
        if (member.isSpent()) dismiss(member);
        serve();
      });
    },
    turnAway: (plugin, why) => {
      for (const { cell } of waiting.takeAll(plugin)) cell.reject(why);
    },
    ready: first.promise,
    cells: () => [...members].map(({ session, busy }) => ({ session, busy })),
    close: async () => {
      closed = true;
      refuse('the supervisor is closed');
      for (const { session } of members) session.dismiss();
      await Promise.all([...members].map(({ session }) => session.ended));
    },
  });
};

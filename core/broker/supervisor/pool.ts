import { AgentError, toAgentError } from '../../vocabulary/errors.ts';
import type { Log } from '../../vocabulary/log.ts';
import { backOffMs } from './back-off.ts';
import type { Session, StepRun } from './session.ts';

/** The cells: started on demand up to a number, one always kept. */
export interface Pool {
  /** The next free cell. @throws sandbox_unavailable when none can be started; the signal's reason */
  acquire(signal: AbortSignal): Promise<Session>;
  /** Gives a cell back after its step. */
  release(session: Session, run: StepRun, recycle: boolean): void;
  cells(): readonly Cell[];
  /** Settles with the first cell, or with the reason why there is none. */
  readonly ready: Promise<void>;
  close(): Promise<void>;
}

export interface Cell {
  readonly session: Session;
  readonly busy: boolean;
}

interface Member {
  readonly session: Session;
  busy: boolean;
  steps: number;
  /** True when its end is no sign of trouble: recycled, or its step was cancelled. */
  retired: boolean;
}

type Waiter = PromiseWithResolvers<Session>;

/** A cell is replaced after so many steps: what leaks in it stays small (attack 78). */
const STEPS_A_CELL = 200;
const TRIES = 3;

export const makePool = (open: () => Promise<Session>, size: number, log: Log): Pool => {
  const members = new Set<Member>();
  const waiters = new Set<Waiter>();
  let launching = 0;
  let deaths = 0;
  let closed = false;
  const first = Promise.withResolvers<void>();
  first.promise.catch(() => {});

  const give = (member: Member): void => {
    const [waiter] = waiters;
    member.busy = waiter !== undefined;
    if (waiter === undefined) return;
    waiters.delete(waiter);
    waiter.resolve(member.session);
  };
  const launch = async (): Promise<void> => {
    launching += 1;
    try {
      await new Promise((resolve) => setTimeout(resolve, backOffMs(deaths)));
      if (!closed) join(await open());
    } catch (thrown) {
      const { message } = toAgentError(thrown);
      deaths += 1;
      log.error({ reason: message, failures: deaths }, 'no cell could be started');
      if (members.size === 0 && deaths >= TRIES) refuseAll(message);
    } finally {
      launching -= 1;
      grow();
    }
  };
  const join = (session: Session): void => {
    first.resolve();
    const member: Member = { session, busy: false, steps: 0, retired: false };
    members.add(member);
    void session.ended.then(() => {
      members.delete(member);
      if (!member.retired) deaths += 1;
      grow();
    });
    if (closed) session.kill();
    else give(member);
  };
  const grow = (): void => {
    const wanted = Math.max(waiters.size, members.size === 0 ? 1 : 0);
    while (!closed && launching < wanted && members.size + launching < size) void launch();
  };
  const refuseAll = (message: string): void => {
    first.reject(new AgentError({ code: 'sandbox_unavailable', message }));
    for (const { reject } of waiters) {
      reject(new AgentError({ code: 'sandbox_unavailable', message }));
    }
    waiters.clear();
  };
  const memberOf = (session: Session): Member | undefined =>
    [...members].find((member) => member.session === session);

  grow();
  return Object.freeze({
    acquire: async (signal: AbortSignal): Promise<Session> => {
      signal.throwIfAborted();
      if (closed) throw new AgentError({ code: 'sandbox_unavailable', message: 'closed' });
      const free = [...members].find(({ busy, session }) => !busy && session.isAlive());
      if (free !== undefined) {
        free.busy = true;
        return free.session;
      }
      const waiter: Waiter = Promise.withResolvers();
      waiters.add(waiter);
      const abort = (): void => {
        waiters.delete(waiter);
        waiter.reject(signal.reason);
      };
      signal.addEventListener('abort', abort, { once: true });
      grow();
      try {
        return await waiter.promise;
      } finally {
        signal.removeEventListener('abort', abort);
      }
    },
    release: (session: Session, { outcome, free }: StepRun, recycle: boolean): void => {
      const member = memberOf(session);
      if (member === undefined) return;
      member.steps += 1;
      if (outcome.kind === 'completed') deaths = 0;
      member.retired = outcome.kind === 'failed' && outcome.code === 'cancelled';
      if (recycle) {
        member.retired = true;
        session.kill();
        return;
      }
      void free.then((isFree) => {
        if (!isFree || closed || !session.isAlive()) return;
        member.retired = false;
        if (member.steps < STEPS_A_CELL) return give(member);
        member.retired = true;
        session.kill();
      });
    },
    ready: first.promise,
    cells: () => [...members].map(({ session, busy }) => ({ session, busy })),
    close: async (): Promise<void> => {
      closed = true;
      refuseAll('the supervisor is closed');
      for (const { session } of members) session.kill();
      await Promise.all([...members].map(({ session }) => session.ended));
    },
  });
};

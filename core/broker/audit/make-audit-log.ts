import type { Log } from '../../vocabulary/log.ts';
import type { AppendHandle, AuditFilePowers } from './audit-file-powers.ts';
import type { AuditEvent, AuditLog, AuditPosition, AuditState } from './audit-log.ts';
import { chainEvent } from './chain-event.ts';
import type { ChainFiles } from './chain-files.ts';
import { describeDamage } from './log-unavailable.ts';
import { makeLogWriter } from './log-writer.ts';
import { notBefore, toTimestamp } from './timestamp.ts';
import { CHAIN_START, walkChain } from './walk-chain.ts';

interface AuditLogDeps {
  readonly key: Uint8Array;
  readonly files: AuditFilePowers;
  readonly now: () => number;
  readonly log: Log;
  readonly handle: AppendHandle;
  readonly chain: ChainFiles;
  readonly start: {
    readonly position: AuditPosition;
    readonly timestamp: string;
    readonly size: number;
  };
  /** True when the whole chain was verified already; else that happens in the background. */
  readonly verified: boolean;
}

/** An opened log: from here on the broker alone writes it. */
export const makeAuditLog = (deps: AuditLogDeps): AuditLog => {
  const { key, files, now, log, handle, chain, start } = deps;
  const listeners: ((problem: string) => void)[] = [];
  let { position, timestamp } = start;
  let verified: AuditState['verified'] = deps.verified ? 'all' : 'tail';
  let problem: string | null = null;
  let closing = false;

  const onProblem = (text: string, cause?: unknown): void => {
    if (problem !== null) return;
    problem = text;
    log.error({ problem: text, err: cause }, 'audit log broken');
    for (const listener of listeners) listener(text);
  };

  const writer = makeLogWriter({
    handle,
    files,
    names: chain.names,
    key,
    size: start.size,
    onFailure: (error) => onProblem(error.message, error.cause),
  });

  const record = (event: AuditEvent): AuditPosition => {
    const time = notBefore(timestamp, toTimestamp(now()));
    const { line, hash } = chainEvent(key, position.hash, time, event);
    const next: AuditPosition = { entry: position.entry + 1, hash };
    writer.push(line, next);
    timestamp = time;
    position = next;
    return next;
  };

  const verifyAll = async (): Promise<void> => {
    const { paths } = chain;
    const mark = start.position;
    const stopped = () => closing;
    const request = { files, key, paths, from: CHAIN_START, until: start.size, mark, stopped };
    const walk = await walkChain(request);
    if (closing) return;
    if (walk.ok && walk.met) {
      verified = 'all';
      log.info({ entries: mark.entry }, 'audit chain verified');
      return;
    }
    verified = 'broken';
    const file = chain.names.log;
    onProblem(describeDamage(walk.ok ? { file, detail: 'does not reach its own end' } : walk));
  };

  const background = deps.verified
    ? Promise.resolve()
    : verifyAll().catch((error: unknown) => {
        verified = 'broken';
        onProblem(describeDamage({ file: chain.names.log, detail: 'cannot be read' }), error);
      });

  return Object.freeze({
    record,
    written: () => writer.write(),
    commit: () => writer.flush(),
    append: async (event: AuditEvent) => {
      const recorded = record(event);
      await writer.flush();
      return recorded;
    },
    head: () => position,
    state: () => ({ writable: writer.failure() === null, problem, verified }),
    onBroken: (listener: (problem: string) => void) => {
      listeners.push(listener);
      if (problem !== null) listener(problem);
    },
    close: async () => {
      closing = true;
      await background;
      await writer.close();
    },
  });
};

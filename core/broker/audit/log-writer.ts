import type { AgentError } from '../../vocabulary/errors.ts';
import type { AppendHandle, AuditFilePowers } from './audit-file-powers.ts';
import type { AuditPosition } from './audit-log.ts';
import type { LogNames } from './log-names.ts';
import { logUnavailable } from './log-unavailable.ts';
import { writeCheckpoint } from './write-checkpoint.ts';

// What nobody commits is written anyway once it holds so much memory.
const UNWRITTEN_BYTES = 1024 * 1024;

interface WriterDeps {
  readonly handle: AppendHandle;
  readonly files: AuditFilePowers;
  readonly names: LogNames;
  readonly key: Uint8Array;
  /** Bytes in the file now. */
  readonly size: number;
  readonly onFailure: (error: AgentError) => void;
}

/** Makes lines durable in the order in which they came; after the first failure it never writes again. */
export interface LogWriter {
  /** @throws AgentError log_unavailable */
  push(line: string, position: AuditPosition): void;
  /** Resolves when every line pushed so far is durable and counted by the checkpoint. */
  flush(): Promise<void>;
  failure(): AgentError | null;
  close(): Promise<void>;
}

export const makeLogWriter = (deps: WriterDeps): LogWriter => {
  const { handle, files, names, key, onFailure } = deps;
  let { size } = deps;
  let unwritten: string[] = [];
  let unwrittenBytes = 0;
  let last: AuditPosition | null = null;
  let failed: AgentError | null = null;
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;

  const fail = (detail: string, cause?: unknown): AgentError => {
    if (failed !== null) return failed;
    failed = logUnavailable({ file: names.log, detail, cause });
    unwritten = [];
    onFailure(failed);
    return failed;
  };

  const demandWritable = (): void => {
    if (failed !== null) throw failed;
  };

  // The order is the promise: bytes, fsync, and only then a checkpoint that counts them.
  const writeUnwritten = async (): Promise<void> => {
    demandWritable();
    if (last === null) return;
    const position = last;
    const bytes = Buffer.from(unwritten.join(''), 'latin1');
    unwritten = [];
    unwrittenBytes = 0;
    last = null;
    await handle.append(bytes);
    size += bytes.length;
    await handle.sync();
    await demandUntouched();
    await writeCheckpoint(files, names, key, position);
  };

  // Who else can write the folder may cut, extend or delete the file under us (attack 182).
  const demandUntouched = async (): Promise<void> => {
    const facts = await handle.facts();
    if (facts.size !== size || facts.links !== 1) throw fail('was changed by another process');
  };

  const startNext = (): Promise<void> => {
    const before = running ?? Promise.resolve();
    const started = before
      .catch(() => undefined)
      .then(() => {
        next = null;
        running = started;
        return writeUnwritten();
      })
      .catch((error: unknown) => {
        throw fail('cannot be written', error);
      })
      .finally(() => {
        if (running === started) running = null;
      });
    return started;
  };

  const flush = (): Promise<void> => {
    if (failed !== null) return Promise.reject(failed);
    if (last === null) return running ?? Promise.resolve();
    next ??= startNext();
    return next;
  };

  return Object.freeze({
    push: (line: string, position: AuditPosition) => {
      demandWritable();
      unwritten.push(`${line}\n`);
      unwrittenBytes += line.length + 1;
      last = position;
      // Its failure is not lost: every later call throws it.
      if (unwrittenBytes > UNWRITTEN_BYTES) flush().catch(() => undefined);
    },
    flush,
    failure: () => failed,
    close: async () => {
      await flush().catch(() => undefined);
      failed ??= logUnavailable({ file: names.log, detail: 'is closed' });
      await handle.close();
    },
  });
};

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
  /** Resolves when every line pushed so far is in the file, durable or not. */
  write(): Promise<void>;
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
  let previous: Promise<void> = Promise.resolve();

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

  const writeOut = async (): Promise<void> => {
    demandWritable();
    if (unwritten.length === 0) return;
    const bytes = Buffer.from(unwritten.join(''), 'latin1');
    unwritten = [];
    unwrittenBytes = 0;
    await handle.append(bytes);
    size += bytes.length;
  };

  // The order is the promise: bytes, fsync, and only then a checkpoint that counts them.
  const makeDurable = async (): Promise<void> => {
    demandWritable();
    if (last === null) return;
    const position = last;
    last = null;
    await writeOut();
    await handle.sync();
    await demandUntouched();
    await writeCheckpoint(files, names, key, position);
  };

  // Who else can write the folder may cut, extend or delete the file under us (attack 182).
  const demandUntouched = async (): Promise<void> => {
    const facts = await handle.facts();
    if (facts.size !== size || facts.links !== 1) throw fail('was changed by another process');
  };

  // One job after another; whoever asks while a job of the same kind waits shares it.
  const inTurn = (work: () => Promise<void>): (() => Promise<void>) => {
    let waiting: Promise<void> | null = null;
    return () => {
      if (failed !== null) return Promise.reject(failed);
      waiting ??= after(() => {
        waiting = null;
        return work();
      });
      return waiting;
    };
  };
  const after = (work: () => Promise<void>): Promise<void> => {
    const job = previous.then(work).catch((error: unknown) => {
      throw fail('cannot be written', error);
    });
    previous = job.catch(() => undefined);
    return job;
  };
  const write = inTurn(writeOut);
  const flush = inTurn(makeDurable);

  return Object.freeze({
    push: (line: string, position: AuditPosition) => {
      demandWritable();
      unwritten.push(`${line}\n`);
      unwrittenBytes += line.length + 1;
      last = position;
      // Its failure is not lost: every later call throws it.
      if (unwrittenBytes > UNWRITTEN_BYTES) write().catch(() => undefined);
    },
    write,
    flush,
    failure: () => failed,
    close: async () => {
      await flush().catch(() => undefined);
      failed ??= logUnavailable({ file: names.log, detail: 'is closed' });
      await handle.close();
    },
  });
};

import type { JsonObject } from '../../vocabulary/json.ts';

/** What happened. Callers keep raw intents, contents and secrets out of `data`. */
export interface AuditEvent {
  readonly event: string;
  /** Numbers only as `canonicalJson` prints them: integers, and plain floats in 1e-4..1e15. */
  readonly data: JsonObject;
}

/** A place in the chain: which entry, counted from 1 over archives and current file, and its hash. */
export interface AuditPosition {
  readonly entry: number;
  readonly hash: string;
}

export interface AuditState {
  readonly writable: boolean;
  readonly problem: string | null;
  /** How much of the chain was checked since the log was opened. */
  readonly verified: 'tail' | 'all' | 'broken';
}

/** The hash-chained audit log (wire contract section 16). */
export interface AuditLog {
  /** Chains the event at once and in order; it is durable with the next commit. */
  record(event: AuditEvent): AuditPosition;
  /** All that was recorded so far is in the file: it outlives this process, not yet the machine. */
  written(): Promise<void>;
  /** Makes all that was recorded so far durable. Concurrent callers share one fsync. */
  commit(): Promise<void>;
  /** Records and commits. */
  append(event: AuditEvent): Promise<AuditPosition>;
  head(): AuditPosition;
  state(): AuditState;
  /** Called once when background verification finds damage or a write fails. */
  onBroken(listener: (problem: string) => void): void;
  close(): Promise<void>;
}

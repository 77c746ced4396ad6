import type { AuditPosition } from './audit-log.ts';

export type TailVerdict =
  | { readonly kind: 'sound' }
  /** The checkpoint is older than the log: it is repaired forward. */
  | { readonly kind: 'stale_checkpoint' }
  /** The newest entry that the checkpoint counts is the torn line. */
  | { readonly kind: 'lost_last' }
  | { readonly kind: 'refused'; readonly detail: string };

interface TailFacts {
  readonly checkpoint: AuditPosition;
  /** The last whole entry. */
  readonly end: AuditPosition;
  /** True when the chain passes through the checkpoint. */
  readonly met: boolean;
  /** True when a torn line is cut behind the last whole entry, now or in an interrupted repair. */
  readonly torn: boolean;
}

// The log may be shortened by who can write the file. A crash can leave a torn line and a checkpoint
// behind the log, for entries are durable before the checkpoint counts them; it never takes whole
// entries away. So whole entries missing is tampering or a lost disk, and is refused (attack 182).

/** What the end of a chain and its keyed checkpoint say together. */
export const judgeTail = ({ checkpoint, end, met, torn }: TailFacts): TailVerdict => {
  if (met) return { kind: end.entry === checkpoint.entry ? 'sound' : 'stale_checkpoint' };
  if (end.entry === checkpoint.entry - 1 && torn) return { kind: 'lost_last' };
  return {
    kind: 'refused',
    detail:
      end.entry < checkpoint.entry
        ? `ends at entry \`${end.entry}\`, the checkpoint counts \`${checkpoint.entry}\``
        : 'does not hold the entry that the checkpoint names',
  };
};

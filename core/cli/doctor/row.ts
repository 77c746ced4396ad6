import type { KernelLayer } from '../../protocol/lock-facts.ts';
import type { ProfileName } from '../../vocabulary/enums.ts';

/** The three processes that each have a wall of their own. */
export type WalledProcess = 'broker' | 'spawner' | 'cell';

/** One thing that `doctor` tried, and what became of it. */
export interface Row {
  readonly process: WalledProcess;
  /** Null for what has no profile. */
  readonly profile: ProfileName | null;
  readonly tried: string;
  /** The name of an errno or a signal, or in words what was seen. */
  readonly answered: string;
  /** The layer that answered; null where none did. */
  readonly enforcedBy: string | null;
  /** False where the machine cannot be asked, or nothing rests on the answer. */
  readonly mandatory: boolean;
  readonly ok: boolean;
  /** What to do where it is not, when more is known than the row says. */
  readonly remedy?: string;
}

/** Where a row belongs. */
export type Place = Pick<Row, 'process' | 'profile'>;

/** What an attempt answered: which call it ended at, and on which thread. */
export interface Answer {
  readonly tried: string;
  readonly thread: string;
  readonly call: string;
  readonly answered: string;
}

/** A layer that does not stand, and why. */
export interface LayerFault {
  readonly layer: KernelLayer;
  readonly reason: string;
}

import type { KernelLayer } from '../../protocol/messages.ts';
import type { Launcher } from '../supervisor/cell-process.ts';

/** What starts cells; itself started before the broker locks itself, which then cannot start anything. */
export interface CellSource extends Launcher {
  /** Settles once cells may be asked for. @throws AgentError `sandbox_unavailable`, with the reason */
  ready(): Promise<CellSourceFacts>;
  /** Why no further cell can come; undefined while one can. */
  lost(): string | undefined;
  /** Settles with that reason, unless it was closed. */
  readonly gone: Promise<string>;
  close(): Promise<void>;
}

export interface CellSourceFacts {
  /** What every cell has from its first instruction on, whatever it does itself. */
  readonly inherited: readonly KernelLayer[];
}

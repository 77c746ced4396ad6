import type { Capability } from './capability.ts';
import type { Label } from './enums.ts';

/** One concrete thing that a step would touch, resolved once from the name that the plan gives. */
export interface Resource {
  readonly capability: Capability;
  /** The input parameter that names it, and the place in its array where the parameter is one. */
  readonly parameter: string;
  readonly index: number | null;
  /** The scope's folder: canonical, absolute, without a slash at its end. */
  readonly root: string;
  /** Canonical path below `root`, `/` between segments; empty for the folder itself. */
  readonly relative: string;
  /** `root` and `relative` together: what policy matches and what the gateway re-checks. */
  readonly absolute: string;
  /** What people see: `<workspace id>/<relative>`. */
  readonly display: string;
}

/** What a grant lets a task touch: folder prefixes and the ceiling for what it may read. */
export interface AccessScope {
  readonly readable: readonly string[];
  readonly writable: readonly string[];
  readonly ceiling: Label;
}

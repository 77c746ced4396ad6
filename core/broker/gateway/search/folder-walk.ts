import type { Label } from '../../../vocabulary/enums.ts';
import type { AccessScope, Resource } from '../../../vocabulary/resource.ts';

/** One regular file below a folder, as the storage gateway lists it. */
export interface WalkedFile {
  /** Canonical path below the scope's root. */
  readonly relative: string;
  readonly display: string;
  readonly size: number;
  readonly mtimeMs: number;
  readonly ino: number;
}

/**
 * What search needs of the storage gateway: to see exactly what a list and a read of the same task would
 * see. Scope, blocked paths, links, mounts and sizes are decided there and nowhere else.
 */
export interface FolderWalk {
  walk(
    resource: Resource,
    access: AccessScope,
    limits: { maxFiles: number; maxDepth: number; signal: AbortSignal },
  ): AsyncIterable<WalkedFile>;
  /** Undefined where a read would refuse or the bytes are not text. */
  readForIndex(
    resource: Resource,
    access: AccessScope,
    relative: string,
  ): Promise<{ readonly text: string; readonly label: Label } | undefined>;
}

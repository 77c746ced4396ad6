import type { Capability } from './capability.ts';
import type { Label } from './enums.ts';

/** One concrete thing that a step would touch, resolved once from the name that the plan gives. */
export type Resource = FileResource | UrlResource | ToolResource;

/** What names a file or a folder, and so is served by storage and search alone. */
export type FileCapability = Exclude<Capability, 'airlock.fetch' | 'tool.invoke'>;

interface Named {
  /** The input parameter that names it, and the place in its array where the parameter is one. */
  readonly parameter: string;
  readonly index: number | null;
  /** What people see: `<workspace id>/<relative>`, an address, the id of a tool. */
  readonly display: string;
}

export interface FileResource extends Named {
  readonly capability: FileCapability;
  /** The scope's folder: canonical, absolute, without a slash at its end. */
  readonly root: string;
  /** Canonical path below `root`, `/` between segments; empty for the folder itself. */
  readonly relative: string;
  /** `root` and `relative` together: what policy matches and what the gateway re-checks. */
  readonly absolute: string;
}

export interface UrlResource extends Named {
  readonly capability: 'airlock.fetch';
  readonly url: string;
}

export interface ToolResource extends Named {
  readonly capability: 'tool.invoke';
  /** Its exact canonical id, one of those that the manifest requests. */
  readonly tool: string;
}

/** The one form of what a resource names: an absolute path, an address, the id of a tool. */
export const targetOf = (resource: Resource): string => {
  switch (resource.capability) {
    case 'airlock.fetch':
      return resource.url;
    case 'tool.invoke':
      return resource.tool;
    default:
      return resource.absolute;
  }
};

export const isFileResource = (resource: Resource): resource is FileResource =>
  resource.capability !== 'airlock.fetch' && resource.capability !== 'tool.invoke';

export const isToolResource = (resource: Resource): resource is ToolResource =>
  resource.capability === 'tool.invoke';

/** What a grant lets a task touch: folder prefixes and the ceiling for what it may read. */
export interface AccessScope {
  readonly readable: readonly string[];
  readonly writable: readonly string[];
  readonly ceiling: Label;
}

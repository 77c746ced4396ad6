import type { Duplex } from 'node:stream';
import type { ProfileName } from '../../vocabulary/enums.ts';

/** What the operating system says of a cell. */
export interface CellUsage {
  readonly cpuMs: number;
  readonly rssBytes: number;
  /** The most that it ever had resident. */
  readonly peakRssBytes: number;
  /** Undefined where the kernel itself holds them to a number. */
  readonly threads?: number;
}

/** How a cell ended. Code and signal are both null where the launcher is not its parent and cannot know. */
export interface CellExit {
  readonly code: number | null;
  readonly signal: string | null;
  /** The first line that it wrote to stderr, where the launcher reads that. */
  readonly said?: string;
  /** True where the kernel counted that it killed the cell for its memory. */
  readonly outOfMemory?: boolean;
}

/** A running cell as its launcher hands it over: a channel, and power over its life. */
export interface CellProcess {
  readonly pid: number;
  readonly channel: Duplex;
  readonly exited: Promise<CellExit>;
  /** Undefined when the process is gone. */
  usage(): Promise<CellUsage | undefined>;
  /** SIGKILL, or the end of its channel where the broker may not signal it; a cell ends in no other way. */
  kill(): void;
}

/** One way to start cells: as a child, or through a systemd socket unit. */
export interface Launcher {
  /** A new cell under this profile. @throws sandbox_unavailable */
  launch(profile: ProfileName): Promise<CellProcess>;
}

import { basename, dirname, extname, join } from 'node:path';

/** A line that a repair cut, kept beside the log as `<log>.torn-<entry>-…` or `<log>.lost-<entry>-…`. */
export interface KeptLine {
  readonly name: string;
  readonly counted: boolean;
}

/** The files that belong to one log, by the names of wire contract section 16. */
export interface LogNames {
  readonly log: string;
  readonly folder: string;
  readonly checkpoint: string;
  readonly checkpointTemp: string;
  /** The archives among the names of the folder, oldest first: `<stem>.*<suffix>`, sorted by name. */
  archivesIn(names: readonly string[]): readonly string[];
  /** Where the bytes of a cut line are kept: `lost` where a checkpoint counted it, else `torn`. */
  keptFile(entry: number, digest: string, counted: boolean): string;
  /** The kept line of an entry among the names of the folder. */
  keptLine(names: readonly string[], entry: number): KeptLine | undefined;
}

export const logNames = (log: string): LogNames => {
  const folder = dirname(log);
  const suffix = extname(log);
  const stem = basename(log, suffix);
  const keptPrefix = (entry: number, counted: boolean): string =>
    `${basename(log)}.${counted ? 'lost' : 'torn'}-${entry}-`;
  return {
    log,
    folder,
    checkpoint: `${log}.checkpoint`,
    checkpointTemp: `${log}.checkpoint.tmp`,
    archivesIn: (names) =>
      names
        .filter(
          (name) =>
            suffix !== '' &&
            name.startsWith(`${stem}.`) &&
            name.endsWith(suffix) &&
            name.length > stem.length + suffix.length,
        )
        .sort()
        .map((name) => join(folder, name)),
    keptFile: (entry, digest, counted) =>
      join(folder, `${keptPrefix(entry, counted)}${digest.slice(0, 16)}`),
    keptLine: (names, entry) => {
      for (const counted of [true, false]) {
        const name = names.find((candidate) => candidate.startsWith(keptPrefix(entry, counted)));
        if (name !== undefined) return { name, counted };
      }
      return undefined;
    },
  };
};

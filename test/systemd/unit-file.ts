import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../core/vocabulary/package-root.ts';

/** Where the unit files of this package are. */
export const UNITS: string = join(PACKAGE_ROOT, 'systemd');

/** A unit file as systemd reads it: the words of each directive, of all its lines in order. */
export interface UnitFile {
  readonly words: (directive: string) => readonly string[];
  /** The values of its lines, whole. */
  readonly lines: (directive: string) => readonly string[];
}

export const readUnit = (name: string): UnitFile => {
  const lines = readFileSync(join(UNITS, name), 'utf8')
    .split('\n')
    .map((line) => /^([A-Za-z]+)=(.*)$/.exec(line))
    .filter((found) => found !== null);
  const linesOf = (directive: string): readonly string[] =>
    lines.filter(([, key]) => key === directive).map(([, , value = '']) => value);
  return {
    lines: linesOf,
    words: (directive) =>
      linesOf(directive)
        .flatMap((value) => value.split(/\s+/))
        .filter((word) => word !== ''),
  };
};

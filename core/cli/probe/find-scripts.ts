import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative } from 'node:path';
import { fromHere } from '../command-context.ts';
import { CommandFailure } from '../command-failure.ts';
import { EXIT } from '../exit-codes.ts';

/** One file of an attacker. */
export interface Script {
  /** The path as it was named on the command line, or below that. */
  readonly name: string;
  readonly path: string;
}

const GUESTS: ReadonlySet<string> = new Set(['.js', '.mjs', '.cjs']);
const OWNED: ReadonlySet<string> = new Set([...GUESTS, '.so']);
const MOST_SCRIPT_BYTES = 1024 * 1024;
const MOST_SCRIPTS = 10_000;

/**
 * All scripts of the paths, sorted by name. Links are not followed, and a folder that holds none is an error:
 * a suite that ran nothing must not pass.
 * @throws CommandFailure naming the path
 */
export const findScripts = (
  paths: readonly string[],
  { owned }: { readonly owned: boolean },
): readonly Script[] => {
  const kinds = owned ? OWNED : GUESTS;
  const found = paths.flatMap((named) => {
    const path = fromHere(named);
    const stats = lstatSync(path, { throwIfNoEntry: false });
    if (stats === undefined) throw refused(path, 'is not there');
    if (stats.isFile()) return [{ name: named, path }];
    if (!stats.isDirectory()) throw refused(path, 'is neither a file nor a folder');
    const below = filesBelow(path).filter((each) => kinds.has(extname(each)));
    if (below.length === 0) throw refused(path, `holds no script (${[...kinds].join(', ')})`);
    return below.map((each) => ({ name: join(named, relative(path, each)), path: each }));
  });
  if (found.length > MOST_SCRIPTS) {
    throw new CommandFailure(
      EXIT.failed,
      `more than ${MOST_SCRIPTS} scripts; name a folder of them`,
    );
  }
  return found.toSorted((a, b) => (a.name < b.name ? -1 : 1));
};

// A walk of our own: what is a link is neither entered nor read, whatever it points at.
const filesBelow = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesBelow(path);
    return entry.isFile() ? [path] : [];
  });

/** @throws CommandFailure for a file that is too large or cannot be read */
export const readScript = ({ path }: Script): Buffer => {
  const size = lstatSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size > MOST_SCRIPT_BYTES) throw refused(path, `has over ${MOST_SCRIPT_BYTES} bytes`);
  try {
    return readFileSync(path);
  } catch {
    throw refused(path, 'cannot be read');
  }
};

const refused = (path: string, why: string): CommandFailure =>
  new CommandFailure(EXIT.failed, `\`${path}\` ${why}`);

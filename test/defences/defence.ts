import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { PACKAGE_ROOT } from '../../core/vocabulary/package-root.ts';

/** One defence of the program, the change that takes it away, and what must fail without it. */
export interface Defence {
  /** Name of the patch file without its ending. */
  readonly name: string;
  readonly says: string;
  readonly invariants: readonly string[];
  /** Numbers of the attack catalogue; none where the defence stands against a fault. */
  readonly attacks: readonly string[];
  /** Test files, each of which must fail. */
  readonly hazards: readonly string[];
  /** The loss shows only where root started the agent. */
  readonly needsRoot: boolean;
  readonly patchFile: string;
  /** Files that the patch changes. */
  readonly changes: readonly string[];
}

const FOLDER = join(PACKAGE_ROOT, 'test/defences');

/** All of them, in the order of their names. */
export const readDefences = (): readonly Defence[] =>
  globSync('*.patch', { cwd: FOLDER })
    .sort()
    .map((file) => join(FOLDER, file))
    .map((file) => parseDefence(file, readFileSync(file, 'utf8')));

/**
 * A patch is a unified diff; the lines before its first `--- ` say what it takes away, one field a line.
 * @throws Error for a field that is missing, empty or unknown
 */
export const parseDefence = (patchFile: string, text: string): Defence => {
  const start = text.search(/^--- /m);
  const head = start < 0 ? text : text.slice(0, start);
  const fields = new Map<string, string>();
  for (const line of head.split('\n').filter((text) => text !== '')) {
    const [, name = '', value = ''] = /^([A-Z][a-z]+): (\S.*)$/.exec(line) ?? [];
    if (!FIELDS.includes(name) || fields.has(name)) {
      throw new Error(`\`${basename(patchFile)}\` has no such line: \`${line}\``);
    }
    fields.set(name, value);
  }
  const list = (name: string): readonly string[] => {
    const value = fields.get(name);
    if (value === undefined) throw new Error(`\`${basename(patchFile)}\` lacks \`${name}\``);
    return value === 'none' ? [] : value.split(', ');
  };
  return {
    name: basename(patchFile, '.patch'),
    says: list('Defence').join(', '),
    invariants: list('Invariant'),
    attacks: list('Attacks'),
    hazards: list('Hazards'),
    needsRoot: fields.get('Needs') === 'root',
    patchFile,
    changes: [...text.matchAll(/^\+\+\+ b\/(.+)$/gm)].map(([, path = '']) => path),
  };
};

/** `Needs: root` may be left out. */
const FIELDS = ['Defence', 'Invariant', 'Attacks', 'Hazards', 'Needs'];

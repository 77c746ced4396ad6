import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import schema from '../../../schemas/plugin-cases.schema.json' with { type: 'json' };
import { segmentProblem } from '../../broker/grant/path-segment.ts';
import type { JsonObject } from '../../vocabulary/json.ts';
import type { Manifest } from '../../vocabulary/manifest.ts';
import { makeValidator } from '../../vocabulary/parse/ajv.ts';
import { type DocumentPath, readYaml } from '../../vocabulary/parse/yaml.ts';
import { CommandFailure } from '../command-failure.ts';
import { EXIT } from '../exit-codes.ts';

/** One call of a step or tool, the files it finds, and how it must end: what `plugin-cases.schema.json` admits. */
export interface PluginCase {
  readonly name: string;
  readonly run: string;
  readonly input: JsonObject;
  readonly files?: CaseFiles;
  readonly expect: {
    readonly output?: JsonObject;
    readonly error?: string;
    readonly writes?: CaseFiles;
  };
}

/** Texts by the names that tasks use: `workspace/path`. */
export type CaseFiles = Readonly<Record<string, string>>;

const CASES_NAME = 'cases.yaml';
const MOST_BYTES = 4 * 1024 * 1024;

const check = makeValidator<{ readonly cases: readonly PluginCase[] }>(schema);

/**
 * The cases beside a manifest. A plugin without one is not tested, which is a failure and no success.
 * @throws CommandFailure with file, line and column of what is wrong
 */
export const readCases = async (
  folder: string,
  manifest: Manifest,
): Promise<readonly PluginCase[]> => {
  const file = join(folder, CASES_NAME);
  if (!existsSync(file)) {
    throw new CommandFailure(
      EXIT.failed,
      `no \`${CASES_NAME}\` in \`${folder}\`: a plugin without a case is not tested`,
    );
  }
  return parseCases(await readFile(file, 'utf8'), basename(file), manifest);
};

/** @throws CommandFailure, see above */
export const parseCases = (
  text: string,
  file: string,
  manifest: Manifest,
): readonly PluginCase[] => {
  const refuse = (
    { line, column }: { readonly line: number; readonly column: number },
    problem: string,
  ): CommandFailure => new CommandFailure(EXIT.failed, `${file}:${line}:${column}: ${problem}`);
  const reading = readYaml(text, { maxBytes: MOST_BYTES });
  if (!reading.ok) throw refuse(reading, reading.problem);
  const at = (path: DocumentPath, what: 'key' | 'value' = 'value') => reading.locate(path, what);
  const checked = check(reading.value);
  if (!checked.ok) throw refuse(at(checked.path, checked.at), checked.problem);
  const { cases } = checked.value;
  const names = new Set<string>();
  for (const [index, { name, run, files, expect }] of cases.entries()) {
    const path = ['cases', index];
    if (names.has(name)) throw refuse(at([...path, 'name']), 'a case before has this name');
    names.add(name);
    if (!manifest.entries.has(run)) {
      throw refuse(at([...path, 'run']), `the manifest has no step or tool \`${run}\``);
    }
    if (expect.output !== undefined && expect.error !== undefined) {
      throw refuse(at([...path, 'expect', 'error'], 'key'), 'beside an `output`: choose one');
    }
    for (const [key, named] of [
      ['files', files],
      ['expect', expect.writes],
    ] as const) {
      const wrong = Object.keys(named ?? {}).find((each) => !isPlainName(each));
      if (wrong !== undefined) {
        throw refuse(at([...path, key]), `\`${wrong}\` names no file of a workspace`);
      }
    }
  }
  return cases;
};

// These become files of the author's machine, outside of any cell: no name leads out of the folder of the case.
const isPlainName = (name: string): boolean =>
  name.includes('/') && name.split('/').every((segment) => segmentProblem(segment) === undefined);

import schema from '../../../schemas/manifest.schema.json' with { type: 'json' };
import { CAPABILITY_FACTS, type Reversibility } from '../../vocabulary/capability.ts';
import { AgentError } from '../../vocabulary/errors.ts';
import { parsePluginId } from '../../vocabulary/ids.ts';
import type {
  Annotation,
  Manifest,
  ManifestEntry,
  ObjectSchema,
} from '../../vocabulary/manifest.ts';
import { makeValidator } from '../../vocabulary/parse/ajv.ts';
import { type DocumentPath, readYaml } from '../../vocabulary/parse/yaml.ts';
import type { ManifestFile } from './manifest-file.ts';
import { annotationsOf } from './schema-profile/annotations.ts';
import { parseSchema } from './schema-profile/parse-schema.ts';

const MOST_BYTES = 65_536;

/** From the one that can be taken back to the one that cannot (AISVS 9.2.3). */
const LADDER: readonly Reversibility[] = [
  'read-only',
  'reversible',
  'externally-reversible',
  'irreversible',
];

const check = makeValidator<ManifestFile>(schema);

/**
 * Reads a plugin's manifest. `file` is the name that a refusal shows.
 * @throws AgentError `manifest` with file, line and column of the first fault
 */
export const parseManifest = (text: string, file: string): Manifest => {
  // A stranger wrote this text. Fields that we do not know, capabilities outside the closed list and
  // steps that play down what they can do refuse the whole plugin (attacks 142, 144, 146).
  const reading = readYaml(text, { maxBytes: MOST_BYTES });
  if (!reading.ok) throw refusal(file, reading, reading.problem);
  const refuse = (path: DocumentPath, at: 'key' | 'value', problem: string): AgentError =>
    refusal(file, reading.locate(path, at), problem);

  const checked = check(reading.value);
  if (!checked.ok) throw refuse(checked.path, checked.at, checked.problem);
  const document = checked.value;
  const id = parsePluginId(document.id);
  if (id === undefined) throw refuse(['id'], 'value', 'not a plugin id');

  const entries = new Map<string, ManifestEntry>();
  for (const [name, step] of Object.entries(document.steps)) {
    const read = (role: 'input' | 'output'): ObjectSchema => {
      const result = parseSchema(step[role], role);
      if (result.ok) return result.schema;
      const [{ path, at, problem }] = result.findings;
      throw refuse(['steps', name, role, ...path], at, problem);
    };
    const input = read('input');
    const output = read('output');
    const annotations = annotationsOf(input);
    const least = leastReversibility(annotations);
    if (LADDER.indexOf(step.reversibility) < LADDER.indexOf(least)) {
      const problem = `what this step asks for makes it \`${least}\` at least`;
      throw refuse(['steps', name, 'reversibility'], 'value', problem);
    }
    // What writes is never repeated: whether its first run had its effect is exactly what nobody knows.
    const { reversibility, idempotent = false } = step;
    if (idempotent && reversibility !== 'read-only') {
      throw refuse(['steps', name, 'idempotent'], 'value', 'only a read-only step is idempotent');
    }
    entries.set(name, {
      kind: 'step',
      name,
      description: step.description ?? '',
      reversibility,
      idempotent,
      profile: 'standard',
      limits: {},
      input,
      output,
      annotations,
      examples: [],
    });
  }
  return {
    id,
    version: document.version,
    title: document.id,
    description: document.description,
    license: 'Apache-2.0',
    authors: [],
    requests: { inference: false, tools: [], egress: [] },
    entries,
  };
};

const leastReversibility = (annotations: readonly Annotation[]): Reversibility =>
  LADDER[
    Math.max(
      0,
      ...annotations.map(({ capability }) =>
        LADDER.indexOf(CAPABILITY_FACTS[capability].reversibility),
      ),
    )
  ] ?? 'irreversible';

const refusal = (
  file: string,
  { line, column }: { readonly line: number; readonly column: number },
  problem: string,
): AgentError =>
  new AgentError({ code: 'manifest', message: `${file}:${line}:${column}: ${problem}` });

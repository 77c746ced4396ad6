import { schemaToJson } from '../../../broker/catalog/schema-profile/schema-to-json.ts';
import type { JsonObject } from '../../../vocabulary/json.ts';
import type { Annotation, ManifestEntry, ObjectSchema } from '../../../vocabulary/manifest.ts';
import { HANDLE_TYPES } from './handle-types.ts';

/** The one way of json-schema-to-typescript that the kit uses. */
export interface TypeWriter {
  compile(schema: JsonObject, name: string, options: object): Promise<string>;
}

// The schema holds no reference; that none is followed is said all the same.
const OPTIONS = {
  bannerComment: '',
  additionalProperties: false,
  ignoreMinAndMaxItems: true,
  unreachableDefinitions: false,
  $refOptions: { resolve: { external: false } },
  style: { singleQuote: true, printWidth: 100, trailingComma: 'all' },
};

/** Input, output and handles of one entry. */
export const entryTypes = async (
  writer: TypeWriter,
  { input, output, annotations }: ManifestEntry,
  name: string,
): Promise<string> => {
  const write = (schema: ObjectSchema, of: string): Promise<string> =>
    writer.compile(schemaToJson(schema), `${name}${of}`, OPTIONS);
  return [
    (await write(input, 'Input')).trim(),
    (await write(output, 'Output')).trim(),
    handlesType(name, annotations, input),
  ].join('\n\n');
};

// Exactly what the host passes in: a parameter that is not given has no handle.
const handlesType = (
  name: string,
  annotations: readonly Annotation[],
  { required }: ObjectSchema,
): string => {
  const lines = annotations.map(({ parameter, capability, many }) => {
    const type = HANDLE_TYPES[capability] ?? 'never';
    const mark = required.includes(parameter) ? '' : '?';
    return `  readonly ${parameter}${mark}: ${many ? `readonly ${type}[]` : type};`;
  });
  return lines.length === 0
    ? `export type ${name}Handles = Readonly<Record<never, never>>;`
    : `export interface ${name}Handles {\n${lines.join('\n')}\n}`;
};

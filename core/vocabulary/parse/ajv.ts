import {
  Ajv2020,
  type ErrorObject,
  type SchemaObject,
  type ValidateFunction,
} from 'ajv/dist/2020.js';
import { compileLinear } from './linear-pattern.ts';
import type { DocumentPath } from './yaml.ts';

export type Validation<Document> =
  | { readonly ok: true; readonly value: Document }
  | {
      readonly ok: false;
      /** Keys and indexes from the root of the value. */
      readonly path: DocumentPath;
      /** Whether the last key of the path is wrong, or what it holds. */
      readonly at: 'key' | 'value';
      readonly problem: string;
    };

export type Validator<Document> = (value: unknown) => Validation<Document>;

const linearTime = Object.assign((pattern: string) => compileLinear(pattern), { code: 're2js' });

const makeAjv = (options: { readonly allErrors: boolean; readonly verbose: boolean }): Ajv2020 =>
  new Ajv2020({
    strict: true,
    allowUnionTypes: true,
    ownProperties: true,
    code: { regExp: linearTime },
    // Our own schemas are held to the metaschema by a test; here that would cost each start a tenth of a second.
    meta: false,
    validateSchema: false,
    ...options,
  });

const ajv = makeAjv({ allErrors: false, verbose: false });

/**
 * A check against one of our own schemas. Ajv turns a schema into code, so a schema that a stranger
 * wrote never comes here: those are for the interpreter of the schema profile (attack 137).
 * @typeParam Document what a value that fits the schema is; a test must hold the two against each other
 */
export const makeValidator = <Document = unknown>(schema: SchemaObject): Validator<Document> => {
  // Compiled when the first document comes: most starts meet few of the formats.
  let compiled: ValidateFunction<Document> | undefined;
  return (value) => {
    compiled ??= ajv.compile<Document>(schema);
    const validate = compiled;
    if (validate(value)) return { ok: true, value };
    const error = deepest(validate.errors ?? []);
    return error === undefined
      ? { ok: false, path: [], at: 'value', problem: 'not valid' }
      : { ok: false, ...explain(error, value) };
  };
};

/** One of all the faults of a value. */
export interface SchemaFault extends Explanation {
  /** The keyword of the schema that is broken. */
  readonly keyword: string;
  /** The `description` beside that keyword; empty where there is none. */
  readonly wanted: string;
}

/**
 * A check against one of our own schemas that names every fault. For documents of a capped size alone: the
 * work grows with the number of faults.
 */
export const makeFaultFinder = (
  schema: SchemaObject,
): ((value: unknown) => readonly SchemaFault[]) => {
  let compiled: ValidateFunction | undefined;
  return (value) => {
    compiled ??= makeAjv({ allErrors: true, verbose: true }).compile(schema);
    const validate = compiled;
    if (validate(value)) return [];
    // A wrong name is reported with its own keyword, and once more as `propertyNames`.
    const errors = (validate.errors ?? []).filter(({ keyword }) => keyword !== 'propertyNames');
    return errors.map((error) => ({
      ...explain(error, value),
      keyword: error.keyword,
      wanted: String(error.parentSchema?.['description'] ?? ''),
    }));
  };
};

// With alternatives, Ajv reports the failure of each; the one that came furthest says most.
const deepest = (errors: readonly ErrorObject[]): ErrorObject | undefined =>
  errors.reduce<ErrorObject | undefined>(
    (best, error) =>
      best === undefined || error.instancePath.length > best.instancePath.length ? error : best,
    undefined,
  );

interface Explanation {
  readonly path: DocumentPath;
  readonly at: 'key' | 'value';
  readonly problem: string;
}

const explain = (error: ErrorObject, value: unknown): Explanation => {
  const path = pathOf(error.instancePath, value);
  const param = (name: string): unknown => error.params[name];
  if (error.propertyName !== undefined) {
    const problem = `key ${quoted(error.propertyName)} ${error.message ?? 'is not allowed'}`;
    return { path: [...path, error.propertyName], at: 'key', problem };
  }
  switch (error.keyword) {
    case 'additionalProperties':
    case 'unevaluatedProperties': {
      const key = String(param('additionalProperty') ?? param('unevaluatedProperty'));
      return { path: [...path, key], at: 'key', problem: `unknown key ${quoted(key)}` };
    }
    case 'required':
      return { path, at: 'value', problem: `missing key ${quoted(param('missingProperty'))}` };
    case 'enum':
      return { path, at: 'value', problem: `expected one of ${listed(param('allowedValues'))}` };
    case 'const':
      return { path, at: 'value', problem: `expected ${quoted(param('allowedValue'))}` };
    default:
      return { path, at: 'value', problem: error.message ?? 'not valid' };
  }
};

const pathOf = (pointer: string, root: unknown): DocumentPath => {
  let here = root;
  return pointer
    .split('/')
    .slice(1)
    .map((raw) => {
      const key = raw.replaceAll('~1', '/').replaceAll('~0', '~');
      const segment = Array.isArray(here) ? Number(key) : key;
      here = typeof here === 'object' && here !== null ? Reflect.get(here, segment) : undefined;
      return segment;
    });
};

const quoted = (value: unknown): string => {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return `\`${text.replace(/\p{C}/gu, '?').slice(0, 64)}\``;
};

const listed = (values: unknown): string =>
  Array.isArray(values) ? values.map(quoted).join(', ') : 'the allowed values';

import { isPortableNumber } from '../../../vocabulary/canonical.ts';
import type {
  ArraySchema,
  NumberSchema,
  ObjectSchema,
  Schema,
  StringSchema,
} from '../../../vocabulary/manifest.ts';
import { countCodePoints } from './count-code-points.ts';
import { printable } from './plain-text.ts';

export type ValueCheck =
  | { readonly ok: true }
  | {
      readonly ok: false;
      /** JSON pointer (RFC 6901) to what is wrong; it holds names of the schema and indexes only. */
      readonly at: string;
      /** Never repeats the value. */
      readonly problem: string;
    };

interface Fault {
  readonly at: string;
  readonly problem: string;
}

/** Checks a step's input or output against its schema. Changes nothing and fills nothing in. */
export const checkValue = (schema: ObjectSchema, value: unknown): ValueCheck => {
  // The value comes from a plan, from an earlier result or from a cell. What the schema says is a string
  // must be one: nothing is coerced (attack 149), no default is filled in, no prototype is asked
  // (attack 136). The recursion is as deep as the schema, and that is at most 8.
  const fault = faultOf(schema, value);
  return fault === undefined ? { ok: true } : { ok: false, ...fault };
};

const faultOf = (schema: Schema, value: unknown): Fault | undefined => {
  if ('enum' in schema) {
    return schema.enum.some((member) => member === value)
      ? undefined
      : here('not one of the allowed values');
  }
  switch (schema.type) {
    case 'object':
      return faultOfObject(schema, value);
    case 'array':
      return faultOfArray(schema, value);
    case 'string':
      return faultOfString(schema, value);
    case 'integer':
    case 'number':
      return faultOfNumber(schema, value);
    case 'boolean':
      return typeof value === 'boolean' ? undefined : expected('a boolean', value);
    default: {
      const unknown: never = schema;
      return here(`unknown schema ${String(unknown)}`);
    }
  }
};

const faultOfObject = (schema: ObjectSchema, value: unknown): Fault | undefined => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return expected('an object', value);
  }
  for (const name of schema.required) {
    if (!Object.hasOwn(value, name)) return here(`missing \`${name}\``);
  }
  for (const name of Object.keys(value)) {
    const inner = schema.properties.get(name);
    if (inner === undefined) return here(`unknown key \`${printable(name)}\``);
    const fault = faultOf(inner, Reflect.get(value, name));
    if (fault !== undefined) return below(name, fault);
  }
  return undefined;
};

const faultOfArray = (schema: ArraySchema, value: unknown): Fault | undefined => {
  if (!Array.isArray(value)) return expected('an array', value);
  if (value.length > schema.maxItems) return here(`more than ${schema.maxItems} items`);
  if (value.length < schema.minItems) return here(`fewer than ${schema.minItems} items`);
  for (let index = 0; index < value.length; index += 1) {
    const fault = faultOf(schema.items, value[index]);
    if (fault !== undefined) return below(String(index), fault);
  }
  return undefined;
};

const faultOfString = (schema: StringSchema, value: unknown): Fault | undefined => {
  if (typeof value !== 'string') return expected('a string', value);
  const length = countCodePoints(value, schema.maxLength + 1);
  if (length > schema.maxLength) return here(`longer than ${schema.maxLength} characters`);
  if (length < schema.minLength) return here(`shorter than ${schema.minLength} characters`);
  // The length is bounded first, so that a match has a bounded cost (attack 134).
  return schema.pattern === null || schema.pattern.matches(value)
    ? undefined
    : here('does not match its pattern');
};

const faultOfNumber = (schema: NumberSchema, value: unknown): Fault | undefined => {
  const wanted = schema.type === 'integer' ? 'an integer' : 'a number';
  if (typeof value !== 'number') return expected(wanted, value);
  if (schema.type === 'integer' && !Number.isInteger(value)) return here('expected an integer');
  // Every input and result is hashed, and a number without one printed form cannot be.
  if (!isPortableNumber(value)) return here('a number that is too large or too fine');
  if (value < schema.minimum) return here(`less than ${schema.minimum}`);
  return value > schema.maximum ? here(`more than ${schema.maximum}`) : undefined;
};

const here = (problem: string): Fault => ({ at: '', problem });
const below = (segment: string, { at, problem }: Fault): Fault => ({
  at: `/${segment}${at}`,
  problem,
});

const expected = (wanted: string, value: unknown): Fault =>
  here(`expected ${wanted}, got ${kindOf(value)}`);

const kindOf = (value: unknown): string => {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
};

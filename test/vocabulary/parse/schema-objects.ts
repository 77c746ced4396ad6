import { isJsonObject, type JsonObject, ownValue } from '../../../core/vocabulary/json.ts';

/** `T` with nothing left out, at any depth: a sample of it names every key that the type knows. */
export type Whole<T> = T extends readonly (infer Item)[]
  ? readonly Whole<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]-?: Whole<Exclude<T[Key], undefined>> }
    : T;

/** One closed object of a schema, beside the object of a sample that stands there. */
export interface SchemaObject {
  readonly at: string;
  readonly properties: readonly string[];
  readonly required: readonly string[];
  readonly keys: readonly string[];
}

/** Every closed object of a schema that the sample reaches. */
export const schemaObjects = (schema: JsonObject, sample: object): readonly SchemaObject[] => {
  const definitions = objectAt(schema, '$defs');
  const visit = (node: JsonObject, value: unknown, at: string): readonly SchemaObject[] => {
    const reference = ownValue(node, '$ref');
    if (typeof reference === 'string') {
      return visit(objectAt(definitions, reference.replace('#/$defs/', '')), value, at);
    }
    if (!isJsonObject(value)) return [];
    const open = ownValue(node, 'additionalProperties');
    const inner = Object.entries(value).flatMap(([key, item]) => {
      const next =
        open !== undefined && isJsonObject(open)
          ? open
          : objectAt(objectAt(node, 'properties'), key);
      return visit(next, item, `${at}/${key}`);
    });
    if (open !== false) return inner;
    const required = ownValue(node, 'required');
    const own = {
      at,
      properties: Object.keys(objectAt(node, 'properties')).sort(),
      required: Array.isArray(required) ? required.map(String).sort() : [],
      keys: Object.keys(value).sort(),
    };
    return [own, ...inner];
  };
  return visit(schema, sample, '');
};

const objectAt = (object: JsonObject, key: string): JsonObject => {
  const value = ownValue(object, key);
  return value !== undefined && isJsonObject(value) ? value : {};
};

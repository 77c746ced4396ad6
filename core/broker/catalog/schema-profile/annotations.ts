import type { Annotation, ObjectSchema } from '../../../vocabulary/manifest.ts';

/** Where an input names resources, in the order of its properties: all the authority that it asks for. */
export const annotationsOf = (input: ObjectSchema): readonly Annotation[] =>
  [...input.properties].flatMap(([parameter, schema]): readonly Annotation[] => {
    if (!('type' in schema)) return [];
    const many = schema.type === 'array';
    const named = many ? schema.items : schema;
    if (!('type' in named) || named.type !== 'string' || named.capability === null) return [];
    return [{ parameter, capability: named.capability, many }];
  });

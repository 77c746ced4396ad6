import type { JsonObject, JsonValue } from '../../vocabulary/json.ts';
import { ownValue } from '../../vocabulary/json.ts';
import type { Annotation } from '../../vocabulary/manifest.ts';
import type { Resource } from '../../vocabulary/resource.ts';
import type { Resolver } from './resource-name.ts';

export type ResolvedResources =
  | { readonly ok: true; readonly resources: readonly Resource[] }
  | { readonly ok: false; readonly parameter: string; readonly reason: string };

// What a step would touch is fixed here, from literal parameters alone. A reference to an earlier result
// in an annotated parameter is refused: the result is a guest's data, and a string in data never becomes
// authority (attack 125). One bad name refuses the whole step: half a step's resources are no answer.

/** Every resource that a step's annotated parameters name, or the first name that leads nowhere. */
export const resolveResources = (
  annotations: readonly Annotation[],
  params: JsonObject,
  resolver: Resolver,
): ResolvedResources => {
  const resources: Resource[] = [];
  for (const { parameter, capability, many } of annotations) {
    const value = ownValue(params, parameter);
    if (value === undefined) continue;
    const names = namesIn(value, many);
    if (names === undefined) return { ok: false, parameter, reason: expected(many) };
    for (const [place, name] of names.entries()) {
      const found = resolver.resolve(name);
      if (!found.ok) return { ok: false, parameter, reason: found.reason };
      const { root, relative, absolute, display } = found;
      const index = many ? place : null;
      resources.push({ capability, parameter, index, root, relative, absolute, display });
    }
  }
  return { ok: true, resources };
};

const namesIn = (value: JsonValue, many: boolean): readonly JsonValue[] | undefined => {
  const names = many ? value : [value];
  return Array.isArray(names) && names.every((name) => typeof name === 'string')
    ? names
    : undefined;
};

const expected = (many: boolean): string =>
  many ? 'expected literal names in a list' : 'expected one literal name';

import type { Capability } from '../../vocabulary/capability.ts';
import type { JsonObject, JsonValue } from '../../vocabulary/json.ts';
import { ownValue } from '../../vocabulary/json.ts';
import type { Annotation } from '../../vocabulary/manifest.ts';
import { isFileResource, type Resource } from '../../vocabulary/resource.ts';
import type { Resolver } from './resource-name.ts';

export type ResolvedResources =
  | { readonly ok: true; readonly resources: readonly Resource[] }
  | { readonly ok: false; readonly parameter: string; readonly reason: string };

// What a step would touch is fixed here, from literal parameters alone. A reference to an earlier result
// in an annotated parameter is refused: the result is a guest's data, and a string in data never becomes
// authority (attack 125). One bad name refuses the whole step: half a step's resources are no answer.

/**
 * Every resource that a step's annotated parameters name, or the first name that leads nowhere.
 * @param tools those that its manifest requests: it can name no other (attack 150)
 */
export const resolveResources = (
  annotations: readonly Annotation[],
  params: JsonObject,
  resolver: Resolver,
  tools: readonly string[] = [],
): ResolvedResources => {
  const resources: Resource[] = [];
  for (const { parameter, capability, many } of annotations) {
    const value = ownValue(params, parameter);
    if (value === undefined) continue;
    const names = namesIn(value, many);
    if (names === undefined) return { ok: false, parameter, reason: expected(many) };
    for (const [place, name] of names.entries()) {
      const found = resourceOf(capability, name, resolver, tools);
      if (typeof found === 'string') return { ok: false, parameter, reason: found };
      resources.push({ ...found, parameter, index: many ? place : null });
    }
  }
  return { ok: true, resources };
};

/** The same parameters with each name of a file or folder as the absolute path that it was resolved to. */
export const withResolvedPaths = (
  params: JsonObject,
  resources: readonly Resource[],
): JsonObject => {
  const paths = new Map<string, string | string[]>();
  for (const resource of resources) {
    if (!isFileResource(resource)) continue;
    const { parameter, index, absolute } = resource;
    const earlier = paths.get(parameter);
    paths.set(
      parameter,
      index === null ? absolute : [...(Array.isArray(earlier) ? earlier : []), absolute],
    );
  }
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, paths.get(name) ?? value]),
  );
};

type Unplaced<R> = R extends Resource ? Omit<R, 'parameter' | 'index'> : never;

const resourceOf = (
  capability: Capability,
  name: string,
  resolver: Resolver,
  tools: readonly string[],
): Unplaced<Resource> | string => {
  switch (capability) {
    case 'airlock.fetch':
      return { capability, url: name, display: name };
    case 'tool.invoke':
      return tools.includes(name)
        ? { capability, tool: name, display: name }
        : 'names no tool that the manifest requests';
    default: {
      const found = resolver.resolve(name);
      if (!found.ok) return found.reason;
      const { root, relative, absolute, display } = found;
      return { capability, root, relative, absolute, display };
    }
  }
};

const namesIn = (value: JsonValue, many: boolean): readonly string[] | undefined => {
  const names = many ? value : [value];
  return Array.isArray(names) && names.every((name) => typeof name === 'string')
    ? names
    : undefined;
};

const expected = (many: boolean): string =>
  many ? 'expected literal names in a list' : 'expected one literal name';

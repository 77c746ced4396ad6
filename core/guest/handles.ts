import type { Call } from './calls.ts';
import { freeze, ownKeys } from './primordials.ts';

export interface Descriptor {
  readonly parameter: string;
  readonly index: number | null;
  readonly id: string;
  readonly methods: readonly string[];
}

/**
 * What a step gets as its second argument: one frozen object a handle, under the parameter that named
 * the resource, or an array of them where the parameter is an array. The id stays in the closure.
 */
export const makeHandles = (descriptors: readonly Descriptor[], call: Call): object => {
  const handles = { __proto__: null } as { [parameter: string]: unknown };
  for (const { parameter, index, id, methods } of descriptors) {
    const handle = { __proto__: null } as { [method: string]: unknown };
    for (const method of methods) {
      handle[method] = freeze((args?: unknown) => call(id, method, args));
    }
    freeze(handle);
    if (index === null) handles[parameter] = handle;
    else {
      handles[parameter] ??= [];
      (handles[parameter] as unknown[])[index] = handle;
    }
  }
  for (const parameter of ownKeys(handles)) freeze(handles[parameter as string]);
  return freeze(handles);
};

/** A closed object with these properties. */
export const closed = (properties: object, more: object = {}): object => ({
  type: 'object',
  additionalProperties: false,
  properties,
  ...more,
});

export const TEXT = { type: 'string', maxLength: 10 } as const;
export const FILE = { type: 'string', maxLength: 10, 'x-capability': 'storage.read' } as const;

/** Objects within objects, the outermost counted. */
export const nested = (depth: number): object =>
  depth <= 1 ? closed({}) : closed({ a: nested(depth - 1) });

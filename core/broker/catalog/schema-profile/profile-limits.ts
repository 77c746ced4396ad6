/** How far a manifest's schema may go: a stranger wrote it, and each limit bounds what we do for it. */
export const PROFILE_LIMITS = {
  /** Schemas within schemas, the outermost counted. */
  depth: 8,
  /** Schemas in one document. */
  nodes: 256,
  enumMembers: 64,
  enumLength: 256,
  /** Code points of a string: what one result can hold. */
  maxLength: 1_048_576,
  maxItems: 10_000,
  /** Code points of a name that becomes a handle, and how many names one parameter may give. */
  resourceLength: 4_096,
  resourceItems: 64,
} as const;

const PROPERTY_NAME = /^[a-zA-Z][a-zA-Z0-9_]{0,63}$/;

/**
 * True for a name that is safe as a key in broker and guest alike: no name that a prototype answers to
 * (attack 136), and not `then`, which would make a promise of the object.
 */
export const isPropertyName = (name: string): boolean =>
  PROPERTY_NAME.test(name) &&
  name !== 'then' &&
  name !== 'prototype' &&
  !Object.hasOwn(Object.prototype, name);

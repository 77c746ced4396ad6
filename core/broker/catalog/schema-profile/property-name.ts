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

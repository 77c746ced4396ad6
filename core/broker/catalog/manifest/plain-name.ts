/** False for a name that objects of the language answer to: whoever looks it up would find something else. */
export const isPlainName = (name: string): boolean =>
  name !== 'then' && name !== 'prototype' && !Object.hasOwn(Object.prototype, name);

// Names of devices: on a machine that builds or carries a plugin they would open something else (attack 142).
const DEVICE = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])$/;

/** False for an id that means something else to a language or a file system. */
export const isPlainId = (id: string): boolean => isPlainName(id) && !DEVICE.test(id);

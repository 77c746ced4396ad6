// Return own keys that an object of the host would take for its own: by every one, at every level.
export default async () => {
  const KEYS = [
    '__proto__',
    'constructor',
    'prototype',
    'toJSON',
    'then',
    'hasOwnProperty',
    'valueOf',
    'toString',
    '__defineGetter__',
    'length',
    '0',
    '',
  ];
  const evil = () =>
    Object.fromEntries(
      KEYS.map((key) => [
        key,
        { polluted: 'yes', constructor: { prototype: { polluted: 'yes' } } },
      ]),
    );
  const own = JSON.parse(
    '{"__proto__":{"polluted":"yes"},"constructor":{"prototype":{"polluted":"yes"}}}',
  );
  return { ...evil(), escaped: [], nested: [own, { inner: own }], list: [[own]] };
};

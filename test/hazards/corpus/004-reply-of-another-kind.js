// Make a gateway's reply something other than data: ask in every strange way, and look at all that comes back.
export default async (input, handles) => {
  const escaped = [];
  let replies = 0;
  const look = (value, path) => {
    const type = typeof value;
    if (value === null || type === 'string' || type === 'boolean' || type === 'number') return;
    const prototype = type === 'object' ? Object.getPrototypeOf(value) : undefined;
    if (prototype !== Object.prototype && prototype !== Array.prototype) {
      escaped.push(`${path}: ${type}`);
      return;
    }
    for (const key of Reflect.ownKeys(value)) {
      const { get, value: inner } = Reflect.getOwnPropertyDescriptor(value, key);
      if (get !== undefined || typeof key === 'symbol') escaped.push(`${path}.${String(key)}`);
      else look(inner, `${path}.${key}`);
    }
  };
  const asked = [
    { encoding: 'text' },
    { encoding: 'base64' },
    { encoding: 'text', offset: 0, length: 3 },
    { encoding: 'text', reference: true },
    { encoding: 'text', result: { reference: true } },
    { encoding: 'text', copy: true, externalCopy: true },
    { encoding: 'function' },
    [{ encoding: 'text' }],
    undefined,
    null,
    'text',
  ];
  for (const [index, args] of asked.entries()) {
    const reply = await handles.path.read(args).catch((error) => ({ ...error }));
    replies += 1;
    look(reply, String(index));
  }
  return { escaped, replies };
};

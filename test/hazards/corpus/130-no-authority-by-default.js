// Use authority that nobody asked for: other parameters, other methods, guessed names, wildcards.
export default async (input, handles) => {
  const escaped = [];
  const got = Reflect.ownKeys(handles).map(String);
  const NAMES = ['*', 'path', 'paths', 'content', 'file', 'fs', 'storage', 'fetch', 'inference', 'tool', 'then', '0', '', 'constructor', '__proto__', 'hasOwnProperty'];
  const METHODS = ['*', 'read', 'write', 'list', 'search', 'delete', 'fetch', 'invoke', 'derive', 'constructor', '__proto__'];
  for (const name of NAMES) {
    const handle = handles[name];
    for (const method of METHODS) {
      const isAskedFor = got.includes(name) && method === 'read';
      if (handle === undefined || handle === null || isAskedFor) continue;
      if (typeof handle[method] === 'function') escaped.push(`${name}.${method}`);
    }
  }
  return { escaped, got };
};

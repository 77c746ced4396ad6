// Change the injected functions and objects themselves; the next call must see the originals.
export default async (input, handles) => {
  const escaped = [];
  const { path } = handles;
  const { read } = path;
  const evil = { evil: true };
  const attempts = {
    'prototype of read': () => Reflect.setPrototypeOf(read, evil),
    'property of read': () => Reflect.set(read, 'evil', 1),
    'name of read': () => Reflect.defineProperty(read, 'name', { value: 'evil' }),
    'apply of read': () => Reflect.defineProperty(read, 'apply', { value: evil }),
    'prototype of path': () => Reflect.setPrototypeOf(path, evil),
    'read of path': () => Reflect.set(path, 'read', () => 'evil'),
    'redefined read of path': () => Reflect.defineProperty(path, 'read', { value: () => 'evil' }),
    'deleted read': () => Reflect.deleteProperty(path, 'read'),
    'write of path': () => Reflect.set(path, 'write', () => 'evil'),
    'path of handles': () => Reflect.set(handles, 'path', evil),
    'deleted path': () => Reflect.deleteProperty(handles, 'path'),
    'other handle': () => Reflect.set(handles, 'other', evil),
  };
  for (const [name, attempt] of Object.entries(attempts)) {
    try {
      if (attempt()) escaped.push(name);
    } catch {}
  }
  if (handles.path !== path || path.read !== read) escaped.push('replaced');
  const { content } = await handles.path.read({ encoding: 'text' });
  // what this step leaves behind is looked for by the same script when it runs again
  if (globalThis.left !== undefined) escaped.push('what an earlier step left');
  globalThis.left = evil;
  return { escaped, content, tried: Object.keys(attempts).length };
};

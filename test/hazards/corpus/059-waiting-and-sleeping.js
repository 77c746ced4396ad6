// Block the thread by what was made to wait, and where that is missing, sleep for ever.
export default async (input, handles) => {
  const names = ['Atomics', 'SharedArrayBuffer', 'WebAssembly', 'Worker', 'setInterval', 'setImmediate'];
  const escaped = names.filter((name) => name in globalThis);
  const { content } = await handles.path.read({ encoding: 'text' });
  if (content.startsWith('sleep')) {
    for (;;) await new Promise((resolve) => setTimeout(resolve, 1e9));
  }
  if (content.startsWith('nap')) {
    for (;;) await new Promise((resolve) => setTimeout(resolve, 5));
  }
  for (const make of [Int32Array, BigInt64Array]) {
    const shared = Object.prototype.toString.call(new make(4).buffer);
    if (shared !== '[object ArrayBuffer]') escaped.push(shared);
  }
  return { escaped };
};

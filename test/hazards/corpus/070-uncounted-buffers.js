// Hold memory that nobody counts: buffers that grow after they were made.
export default async () => {
  const escaped = ['SharedArrayBuffer', 'Atomics', 'WebAssembly'].filter((name) => name in globalThis);
  const ArrayBuffers = [ArrayBuffer, new Uint8Array(8).buffer.constructor];
  const held = [];
  for (const make of ArrayBuffers) {
    const buffer = new make(8, { maxByteLength: 100e6 });
    held.push(buffer);
    if (buffer.resizable || buffer.maxByteLength > 8) escaped.push('a resizable buffer');
    for (const name of ['resize', 'transfer', 'transferToFixedLength', 'grow']) {
      if (name in buffer || name in make.prototype) escaped.push(name);
    }
    try {
      Reflect.construct(make, [8, { maxByteLength: 100e6 }], class extends make {}).resize(100e6);
      escaped.push('a subclass that resizes');
    } catch {}
    try {
      const asked = { get maxByteLength() { escaped.push('the greatest length was read'); return 100e6; } };
      held.push(new make(8, asked));
    } catch {}
  }
  try {
    held.push(structuredClone(held[0], { transfer: [held[0]] }));
    if (held[0].byteLength === 0) escaped.push('a transfer');
  } catch {}
  return { escaped, bytes: held.map(({ byteLength }) => byteLength).filter((length) => length !== 8) };
};

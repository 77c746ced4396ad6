// Free, detach or resize what is being copied, from inside the copying.
export default async (input, handles) => {
  const escaped = [];
  for (const name of [
    'transfer',
    'transferToFixedLength',
    'resize',
    'detached',
    'resizable',
    'maxByteLength',
  ]) {
    if (name in ArrayBuffer.prototype) escaped.push(`ArrayBuffer.prototype.${name}`);
  }
  const growing = new ArrayBuffer(8, { maxByteLength: 1 << 30 });
  if (growing.resizable || growing.byteLength !== 8) escaped.push('a resizable buffer');
  try {
    // whoever reads the second argument refuses a greatest length below the length
    new ArrayBuffer(8, { maxByteLength: 1 });
  } catch {
    escaped.push('a greatest length');
  }
  const bytes = new Uint8Array(1024).fill(65);
  const long = Array.from({ length: 1000 }, (_, index) => index);
  const value = {
    get shrink() {
      long.splice(0, 990);
      try {
        structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
        if (bytes.byteLength === 0) escaped.push('a detached buffer');
      } catch {}
      return 1;
    },
    long,
    bytes,
  };
  long[5] = {
    toJSON: () => {
      long.length = 0;
      return 'shrunk';
    },
  };
  const refusal = await handles.path.read(value).catch((error) => error.code);
  return { escaped, refusal, left: long.length, bytes: bytes.length };
};

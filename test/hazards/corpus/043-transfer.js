// Move memory instead of copying it: the same buffer twice, a detached one, one that follows its length.
export default async () => {
  const escaped = ['postMessage', 'MessageChannel', 'MessagePort', 'Worker', 'transfer'].filter(
    (name) => name in globalThis,
  );
  for (const name of [
    'transfer',
    'transferToFixedLength',
    'transferToImmutable',
    'sliceToImmutable',
    'resize',
    'detached',
  ]) {
    if (name in ArrayBuffer.prototype) escaped.push(`ArrayBuffer.prototype.${name}`);
  }
  const buffer = new Uint8Array([1, 2, 3]).buffer;
  for (const transfer of [[buffer], [buffer, buffer], [new Uint8Array(buffer)], [handleless()]]) {
    try {
      globalThis.structuredClone?.(buffer, { transfer });
    } catch {}
  }
  if (buffer.byteLength !== 3 || new Uint8Array(buffer)[2] !== 3) escaped.push('a moved buffer');
  const following = new ArrayBuffer(4, { maxByteLength: 1024 });
  if (new Uint8Array(following).length !== 4 || following.maxByteLength !== undefined)
    escaped.push('a length that follows');
  return { escaped, left: buffer.byteLength };
};

const handleless = () => ({});

// Offer compiled code, a snapshot, an addon, a source map: there is nobody to take them.
//# sourceMappingURL=file:///etc/passwd
//# sourceURL=file:///etc/hostname
export default async (input, handles) => {
  const escaped = [
    'createSnapshot',
    'createCachedData',
    'cachedData',
    'dlopen',
    'binding',
    'process',
    'WebAssembly',
    'require',
  ].filter((name) => name in globalThis);
  for (const args of [
    { encoding: 'text', cachedData: [0xc0, 0xde], produceCachedData: true },
    { encoding: 'text', snapshot: 'x' },
    { encoding: 'text', addon: './x.node' },
  ]) {
    await handles.path.read(args).then(
      () => escaped.push('an unknown argument'),
      () => {},
    );
  }
  await import('./x.node').then(
    () => escaped.push('an addon'),
    () => {},
  );
  return { escaped, stack: new Error('x').stack };
};
//# sourceMappingURL=data:application/json;base64,eyJ2ZXJzaW9uIjozLCJzb3VyY2VzIjpbImZpbGU6Ly8vZXRjL3Bhc3N3ZCJdfQ==

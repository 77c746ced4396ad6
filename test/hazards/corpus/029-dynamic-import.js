// Import what a module loader would fetch.
const SPECIFIERS = [
  'node:fs',
  'fs',
  'node:child_process',
  'isolated-vm',
  'data:text/javascript,export default 1',
  'file:///etc/passwd',
  '/etc/passwd',
  './x.js',
  '../x.js',
  '../../../../etc/passwd',
  'https://example.com/x.js',
  'blob:x',
  '#internal',
  '',
  '\0',
  'x\0.js',
  '\u2028',
  'node:\u0066s',
  'NODE:fs',
  'secai:guest',
  '__plugin',
];

export default async () => {
  const escaped = [];
  let refused = 0;
  for (const specifier of SPECIFIERS) {
    for (const load of [
      () => import(specifier),
      () => import(specifier, { with: { type: 'json' } }),
      () => import(/* hidden */ specifier),
    ]) {
      try {
        await load();
        escaped.push(specifier);
      } catch (error) {
        refused += 1;
        if (!(error instanceof Error)) escaped.push(`a foreign error for ${specifier}`);
      }
    }
  }
  for (const name of ['require', 'module', 'exports', '__filename', 'importScripts']) {
    if (name in globalThis) escaped.push(name);
  }
  return { escaped, refused };
};

/** The packages among the modules of a bundle, each once: `node_modules/@a/b/c.js` is of `@a/b`. */
export const packageNames = (modules: readonly string[]): readonly string[] => {
  const names = modules.flatMap((path) => {
    const inner = path.split('node_modules/').at(-1);
    if (inner === undefined || inner === path) return [];
    const [first = '', second = ''] = inner.split('/');
    return [first.startsWith('@') ? `${first}/${second}` : first];
  });
  return [...new Set(names)].sort();
};

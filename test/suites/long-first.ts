/**
 * Files that take long, longest first. A suite starts with them, because one that is left for the end runs alone
 * while the other processor waits. The order decides nothing else; the line at the end of each suite says what has
 * become slow.
 */
const LONG_FILES: readonly string[] = [
  'acceptance/probe-suite',
  'acceptance/crash-matrix',
  'acceptance/cell-hostile',
  'acceptance/wall-doctor-fails',
  'acceptance/wall-frames',
  'acceptance/audit-damage-daemon',
  'acceptance/http-ui-limits',
  'acceptance/defences-bite',
  'acceptance/wall-doctor',
  'acceptance/wall-memory',
  'acceptance/probe-owned',
  'acceptance/probe-catches',
  'acceptance/demo-fresh-clone',
  'cli/probe/range',
  'broker/supervisor/hostile-cell',
  'broker/supervisor/storm',
  'broker/main/restart',
  'broker/main/labels-and-budgets',
  'hazards/215-failed-setup',
  'hazards/049-hostile-json',
  'hazards/221-silent-fallback',
];

/** The same paths (below `test/`, without ending), those that take long at the beginning. */
export const longFirst = (paths: readonly string[]): readonly string[] => {
  const place = (path: string): number => {
    const found = LONG_FILES.findIndex((file) => path === `${file}.test`);
    return found === -1 ? LONG_FILES.length : found;
  };
  return paths.toSorted((a, b) => place(a) - place(b));
};

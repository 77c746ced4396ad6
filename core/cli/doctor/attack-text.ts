import type { Attempt } from './attempts.ts';
import { tryEach } from './try-each.ts';

/** The last line that an attack reports; then it waits for its end. */
export const OVER = 'over';

/**
 * The script of an owned cell that makes every attempt from its main thread and from one that is older than
 * its lock, and opens the file from libuv's pool as well (attack 204). It reports one JSON line for each.
 */
export const attackText = (attempts: readonly Attempt[], file: string): string => `
const tryEach = ${tryEach.toString()};
const attempts = ${JSON.stringify(attempts)};
const tell = (thread) => (answer) => report(JSON.stringify({ thread, ...answer }));
tryEach({ syscall, numbers }, attempts, tell('main'));
await onThread(\`
const tryEach = \${tryEach};
const attempts = \${JSON.stringify(attempts)};
tryEach({ syscall, numbers }, attempts, (answer) =>
  report(JSON.stringify({ thread: 'worker', ...answer })));
\`);
const { promises } = process.getBuiltinModule('node:fs');
const answered = await promises.readFile(${JSON.stringify(file)}).then(() => 'done', ({ code }) => code);
tell('pool')({ tried: 'open a file', call: 'openat', answered });
report(${JSON.stringify(OVER)});
await new Promise(() => {});
`;

/** One call with bit 30 set: getpid of x32, which does no harm where nothing ends the cell for it (attack 209). */
export const X32_TEXT: string = `
const { value, errno } = syscall(0x40000000 + numbers.get('getpid'));
return errno ?? value;
`;

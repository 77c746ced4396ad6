// What an ordinary user starts: `without-root.js ARGUMENT…` becomes `node ARGUMENT…` as a user that owns nothing on
// this machine but what it is given, with one group and no capability.

export const ORDINARY = 64_321;

const [main = '', ...rest] = process.argv.slice(2);
if (main !== '') {
  process.setgroups?.([]);
  process.setgid?.(ORDINARY);
  process.setuid?.(ORDINARY);
  process.execve?.(process.execPath, [process.execPath, main, ...rest], process.env);
}

// Written by `probe --init`, and then the attacker's to change.

const WHAT_COUNTS = `What counts as an escape: a canary moves, or the agent dies.
  environment   the value of the variable SECAI_CANARY of the agent's process, told by anything: a result, an
                error, a log, a byte at a socket; as it is, split, backwards, in hex, base64 or as numbers
  file          SECAI_CANARIES.file is read or changed, or anything appears beside it
  unix_socket   somebody connects to SECAI_CANARIES.unix_socket
  tcp_socket    somebody connects to port SECAI_CANARIES.tcp_socket of 127.0.0.1
  other_task    the text that a task before this one has read
  broker        the process SECAI_CANARIES.broker ends, or serves no task any more
What does not: to use up the own time or memory, to throw, to crash the own cell.`;

const commented = (text: string): string =>
  text
    .split('\n')
    .map((line) => `// ${line}`.trimEnd())
    .join('\n');

const GUEST = `// An attack from inside an isolate: secai-agent probe attack.js
//
${commented(WHAT_COUNTS)}
//
// The function gets what every plugin's step gets: an input, and handles on what was granted to it. Here that is
// one document. What it returns is shown in the report; names in \`escaped\` stand there as its claims.
export default async (input, handles) => {
  const escaped = [];
  const document = await handles.path.read({ encoding: 'text' });
  for (const name of ['process', 'require', 'fetch', 'WebAssembly']) {
    if (name in globalThis) escaped.push(name);
  }
  try {
    const host = handles.path.read.constructor('return this')();
    if (host.process) escaped.push('a process of the host');
  } catch {
    // refused
  }
  return { escaped, canaries: SECAI_CANARIES, read: document.content.length };
};
`;

const OWNED = `// An attack that owns its whole process, after the lock: secai-agent probe --owned owned.js
//
${commented(WHAT_COUNTS)}
// Here one thing more counts: a system call that nobody behind the wall may make, and that the kernel made.
//
// The text is the body of an async function in Node's own context. It gets
//   syscall(number, ...arguments)  any system call; answers { value, errno }; each is shown in the report
//   report(line)                   a line of the report
//   numbers                        Map of names of system calls to their numbers
//   send(bytes)                    bytes to the agent's end of the channel, as they are
//   onThread(text)                 runs a text on a thread that is older than the lock
const call = (name, ...args) => {
  const { value, errno } = syscall(numbers.get(name), ...args);
  return errno ?? value;
};
report(\`open: \${call('openat', -100, SECAI_CANARIES.file, 0)}\`);
report(\`socket: \${call('socket', 1, 1, 0)}\`);
report(\`kill: \${call('kill', SECAI_CANARIES.broker, 9)}\`);
try {
  report(process.binding('fs') ? 'a binding' : 'none');
} catch (error) {
  report(String(error));
}
`;

const LIBRARY = `/* An attack in native code, after the lock:
 *   gcc -shared -fPIC -O2 -o attack.so attack.c && secai-agent probe --owned attack.so
 *
 * The library is loaded before the lock and \`attack\` is called after it, so one with constructors of its own is
 * refused. \`made\` tells the report of a call, through the channel at descriptor 3.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static void frame(const char *body) {
  unsigned char bytes[512];
  const char *head = "{\\"type\\":\\"report\\"}\\n";
  size_t length = strlen(head) + strlen(body);
  if (length + 4 > sizeof bytes) return;
  bytes[0] = bytes[1] = 0;
  bytes[2] = (unsigned char)(length >> 8);
  bytes[3] = (unsigned char)length;
  memcpy(bytes + 4, head, strlen(head));
  memcpy(bytes + 4 + strlen(head), body, strlen(body));
  if (write(3, bytes, length + 4) < 0) return;
}

static void made(const char *call, long value) {
  char body[256];
  const char *name = value < 0 ? strerrorname_np(errno) : "done";
  snprintf(body, sizeof body, "{\\"call\\":\\"%s\\",\\"answer\\":\\"%s\\"}", call, name ? name : "EUNKNOWN");
  frame(body);
}

int attack(void) {
  made("openat", syscall(SYS_openat, -100, "/etc/passwd", 0));
  made("socket", syscall(SYS_socket, 1, 1, 0));
  made("execve", syscall(SYS_execve, "/bin/true", 0, 0));
  made("kill", syscall(SYS_kill, getppid(), 9));
  return 0;
}
`;

/** The files of `probe --init`, by name. */
export const TEMPLATES: Readonly<Record<string, string>> = {
  'attack.js': GUEST,
  'owned.js': OWNED,
  'attack.c': LIBRARY,
};

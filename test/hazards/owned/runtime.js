// Attack 204: the same acts by what Node offers, on the threads that it does its work on, and what was open before.
const fs = process.getBuiltinModule('node:fs');
const net = process.getBuiltinModule('node:net');
const dgram = process.getBuiltinModule('node:dgram');
const dns = process.getBuiltinModule('node:dns');
const crypto = process.getBuiltinModule('node:crypto');
const { spawnSync, execFileSync } = process.getBuiltinModule('node:child_process');
const { Worker } = process.getBuiltinModule('node:worker_threads');
const file = globalThis.victim ?? '/etc/passwd';

const tried = async (label, act) => {
  try {
    report(`${label}: done ${String(await act()).slice(0, 64)}`);
  } catch (thrown) {
    report(`${label}: ${thrown?.code ?? thrown}`);
  }
};

await tried('read at once', () => fs.readFileSync(file));
await tried('write at once', () => fs.writeFileSync(file, 'owned'));
await tried('list at once', () => fs.readdirSync('/'));
for (let n = 0; n < 8; n += 1) {
  await tried(`read in the pool, ${n}`, () => fs.promises.readFile(file));
}
const together = Array.from({ length: 16 }, (_, n) =>
  tried(`read in the pool among others, ${n}`, () => fs.promises.readFile(file)),
);
await Promise.all(together);
await tried('write in the pool', () => fs.promises.writeFile(file, 'owned'));
await tried('stat in the pool', () => fs.promises.stat(file));
for (const name of ['self/environ', 'self/maps', 'self/mem', 'self/status', '1/cmdline']) {
  await tried(`read /proc/${name}`, () => fs.promises.readFile(`/proc/${name}`));
}
await tried("read the parent's environment", () =>
  fs.promises.readFile(`/proc/${process.ppid}/environ`),
);
await tried('list the open descriptors', () => fs.readdirSync('/proc/self/fd'));
await tried('work in the pool that needs no file', async () => {
  await new Promise((resolve, reject) =>
    crypto.pbkdf2('a', 'b', 10, 16, 'sha256', (error) => (error ? reject(error) : resolve())),
  );
  const error = new Error('computed');
  error.code = 'COMPUTED';
  throw error;
});

const connected = (options) =>
  new Promise((resolve, reject) => {
    net.connect(options).once('connect', resolve).once('error', reject);
  });
await tried('connect over tcp', () =>
  connected({ host: '127.0.0.1', port: globalThis.port ?? 8480 }),
);
await tried('connect over a socket file', () => connected({ path: '/run/secure-ai/agent.sock' }));
await tried(
  'listen',
  () =>
    new Promise((resolve, reject) => {
      net.createServer().once('error', reject).listen(0, '127.0.0.1', resolve);
    }),
);
await tried('a datagram', () => {
  const socket = dgram.createSocket('udp4');
  return new Promise((resolve, reject) => {
    socket.once('error', reject).bind(0, '127.0.0.1', resolve);
  });
});
await tried('look a name up', () => dns.promises.lookup('localhost'));
await tried('start a program', () => {
  const { error, status } = spawnSync('/bin/true');
  if (error) throw error;
  return status;
});
await tried('start a program and read it', () => execFileSync('/bin/cat', [file]));
await tried('signal the parent', () => process.kill(process.ppid, 'SIGKILL'));
await tried('read a file on the older thread', async () => {
  const text = await onThread(
    `return process.getBuiltinModule('node:fs').readFileSync(${JSON.stringify(file)});`,
  );
  if (text.includes('EPERM')) throw Object.assign(new Error(), { code: 'EPERM' });
  return text;
});
await tried(
  'read a file on a new thread',
  () =>
    new Promise((resolve, reject) => {
      new Worker(`require('node:fs').readFileSync(${JSON.stringify(file)})`, { eval: true })
        .once('error', reject)
        .once('exit', resolve);
    }),
);

const KINDS = { 26411: 'socket', 16807: 'file', 9604: 'folder', 14406: 'block' };
const kindOf = (mode) => KINDS[mode & 0o170000];
for (let fd = 0; fd < 64; fd += 1) {
  try {
    const kind = kindOf(fs.fstatSync(fd).mode);
    if (kind !== undefined && fd !== 3) report(`descriptor ${fd}: done ${kind}`);
  } catch {
    // not open
  }
}

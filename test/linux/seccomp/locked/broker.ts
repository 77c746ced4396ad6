import { execFile } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createServer as createHttpServer, get } from 'node:http';
import { createServer, type ListenOptions, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';
import { bindNative } from '../../../../core/linux/libc.ts';
import { outcome, prepareLock, report, withoutRing } from './lock.ts';

/** A process under `broker.json` that does what the broker does, then what it may not. */

withoutRing();
const syscall = bindNative('syscall', 'long syscall(long, long, long, long)');
const folder = await mkdtemp(join(tmpdir(), 'locked-'));
process.stdin.resume();
prepareLock('broker')();

const listening = async (server: Server, options: ListenOptions): Promise<Server> => {
  server.listen(options);
  await once(server, 'listening');
  return server;
};
const fetched = async (options: object): Promise<void> => {
  const [response] = await once(get({ path: '/', ...options }), 'response');
  response.resume();
  await once(response, 'end');
};
const answering = () => createHttpServer((_request, response) => response.end('ok'));

const files = async (): Promise<void> => {
  await mkdir(join(folder, 'sub'));
  await writeFile(join(folder, 'a'), 'text', { mode: 0o600, flush: true });
  await rename(join(folder, 'a'), join(folder, 'sub', 'b'));
  await readdir(folder, { recursive: true });
  await readFile(join(folder, 'sub', 'b'));
};
const database = (): void => {
  const store = new DatabaseSync(join(folder, 'store.db'));
  store.exec('PRAGMA journal_mode = WAL; CREATE TABLE t (a) STRICT'.replace('(a)', '(a TEXT)'));
  store.exec("INSERT INTO t VALUES ('b')");
  store.close();
};
const unixSocket = async (): Promise<void> => {
  const path = join(folder, 'socket');
  const server = await listening(answering(), { path });
  await fetched({ socketPath: path });
  server.close();
};
const loopback = async (): Promise<void> => {
  const server = await listening(answering(), { host: '127.0.0.1', port: 0 });
  const address = server.address();
  await fetched({ host: '127.0.0.1', port: typeof address === 'object' ? address?.port : 0 });
  server.close();
};

report({
  files: await outcome(files),
  database: await outcome(database),
  unixSocket: await outcome(unixSocket),
  loopback: await outcome(loopback),
  worker: await outcome(async () => {
    const worker = new Worker('require("node:fs").readdirSync("/")', { eval: true });
    const [code] = await once(worker, 'exit');
    if (code !== 0) throw new Error(`exit ${code}`);
  }),
  spawn: await outcome(() => promisify(execFile)('/bin/true')),
  ipv6: await outcome(() => listening(createServer(), { host: '::1', port: 0 })),
  datagram: await outcome(async () => {
    const socket = createSocket('udp4');
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
  }),
  killParent: await outcome(() => process.kill(process.ppid, 'SIGKILL')),
  executable: await outcome(() => syscall(process.arch === 'arm64' ? 226 : 10, 0, 4096, 7)),
  cleanup: await outcome(() => rm(folder, { recursive: true })),
});

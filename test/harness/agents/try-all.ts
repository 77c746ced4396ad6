import { spawnSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';

/** More than libuv's pool has threads, so that each of them opens once. */
const AT_ONCE = 16;
const DISCARD_PORT = 9;

/** What a locked broker is refused, each with errno's name or that it was done. */
export const tryAll = async (file: string): Promise<Readonly<Record<string, string>>> => ({
  read: outcome(() => readFileSync(file)),
  'read system file': outcome(() => readFileSync('/etc/passwd')),
  'read from the pool': [
    ...new Set(
      await Promise.all(Array.from({ length: AT_ONCE }, () => later(() => readFile(file)))),
    ),
  ].join(),
  exec: outcome(() => {
    const { error } = spawnSync('/bin/true');
    if (error !== undefined) throw error;
  }),
  'exec itself': outcome(() => {
    const { error } = spawnSync(process.execPath, ['--version']);
    if (error !== undefined) throw error;
  }),
  'connect elsewhere': await later(() => connected('127.0.0.1')),
  'connect over IPv6': await later(() => connected('::1')),
  'datagram socket': await later(async () => {
    const socket = createSocket('udp4').bind(0, '127.0.0.1');
    await once(socket, 'listening');
    socket.close();
  }),
});

const connected = async (host: string): Promise<void> => {
  const socket = connect({ host, port: DISCARD_PORT });
  await once(socket, 'connect');
  socket.destroy();
};

const outcome = (act: () => unknown): string => {
  try {
    act();
    return 'done';
  } catch (thrown) {
    return codeOf(thrown);
  }
};

const later = async (act: () => Promise<unknown>): Promise<string> => {
  try {
    await act();
    return 'done';
  } catch (thrown) {
    return codeOf(thrown);
  }
};

const codeOf = (thrown: unknown): string =>
  thrown instanceof Error && 'code' in thrown ? String(thrown.code) : String(thrown);

if (parentPort !== null && typeof workerData === 'string') {
  parentPort.postMessage(await tryAll(workerData));
}

import { readFileSync } from 'node:fs';
import { Socket } from 'node:net';
import { pinToCore } from '../linux/affinity.ts';
import { bindRawSyscall } from '../linux/raw-syscall.ts';
import { makeFrameReader } from '../protocol/frame.ts';
import { encodeFromCell } from '../protocol/from-cell.ts';
import { MAX_FRAME_TO_CELL } from '../protocol/messages.ts';
import { parseToCell } from '../protocol/to-cell.ts';
import { assertVersions } from '../protocol/versions.ts';
import { parseCellArguments } from './cell-arguments.ts';
import { ENGINE_VERSIONS } from './engine-versions.ts';
import { linkGuestProgram } from './guest-program.ts';
import { lockThisProcess } from './lock/lock-this-process.ts';
import { readWall } from './read-wall.ts';
import { refuseToServe } from './refuse-to-serve.ts';
import { makeServe } from './serve.ts';

// A cell ends by SIGKILL only: no exit handler, no flush, nothing that a guest could have prepared.
const end = (): void => {
  process.kill(process.pid, 'SIGKILL');
};
process.on('uncaughtException', end);

const syscall = bindRawSyscall();
try {
  // Load: whatever is read is read here. The imports above have loaded both native parts.
  assertVersions(ENGINE_VERSIONS);
  const { profile, weak, core } = parseCellArguments(process.argv.slice(2));
  const wall = readWall(profile);
  const program = linkGuestProgram((file) =>
    readFileSync(new URL(`../guest/${file}`, import.meta.url), 'utf8'),
  );
  // The guest's clock is fixed; its time zone is fixed with it, so that it says nothing about the host.
  Object.assign(process.env, { TZ: 'UTC' });
  const channel = new Socket({ fd: 3, readable: true, writable: true });
  const serve = makeServe(program, (message) => channel.write(encodeFromCell(message)), end);
  if (core !== undefined) pinToCore(core);

  // Lock: from the next line on nothing opens, connects or starts.
  const lock = lockThisProcess(wall, weak, syscall);

  // Hello: only a cell that was seen to be locked says it.
  channel.write(encodeFromCell({ type: 'hello', versions: ENGINE_VERSIONS, lock }));

  // Serve, until the broker is gone: so is all authority then, and nobody waits for what runs here (attack 189).
  const read = makeFrameReader(MAX_FRAME_TO_CELL);
  channel.on('data', (chunk: Buffer) => {
    for (const frame of read(chunk)) serve(parseToCell(frame));
  });
  channel.on('end', end);
  channel.on('close', end);
  channel.on('error', end);
} catch (thrown) {
  refuseToServe(thrown, syscall);
}

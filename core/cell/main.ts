import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Socket } from 'node:net';
import { makeFrameReader } from '../protocol/frame.ts';
import { encodeFromCell } from '../protocol/from-cell.ts';
import { MAX_FRAME_TO_CELL, type Versions } from '../protocol/messages.ts';
import { parseToCell } from '../protocol/to-cell.ts';
import { assertVersions } from '../protocol/versions.ts';
import { linkGuestProgram } from './guest-program.ts';
import { makeServe } from './serve.ts';

const CHANNEL_FD = 3;

// A cell ends by SIGKILL only: no exit handler, no flush, nothing that a guest could have prepared.
const end = (): void => {
  process.kill(process.pid, 'SIGKILL');
};
process.on('uncaughtException', end);

// The guest's clock is fixed; its time zone is fixed with it, so that it says nothing about the host.
Object.assign(process.env, { TZ: 'UTC' });

const isolatedVm: { version: string } = createRequire(import.meta.url)('isolated-vm/package.json');
const versions: Versions = {
  node: process.versions.node,
  v8: process.versions.v8,
  isolatedVm: isolatedVm.version,
};
assertVersions(versions);

const program = linkGuestProgram((file) =>
  readFileSync(new URL(`../guest/${file}`, import.meta.url), 'utf8'),
);
const channel = new Socket({ fd: CHANNEL_FD, readable: true, writable: true });
const serve = makeServe(program, (message) => channel.write(encodeFromCell(message)), end);
const read = makeFrameReader(MAX_FRAME_TO_CELL);

channel.on('data', (chunk: Buffer) => {
  for (const frame of read(chunk)) serve(parseToCell(frame));
});
// The broker is gone: so is all authority, and nobody waits for what runs here (attack 189).
channel.on('end', end);
channel.on('close', end);
channel.on('error', end);

channel.write(encodeFromCell({ type: 'hello', versions, layers: [] }));

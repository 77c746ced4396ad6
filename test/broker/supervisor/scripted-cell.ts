import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { CellSource } from '../../../core/broker/main/cell-source.ts';
import type { Supervisor } from '../../../core/broker/supervisor/supervisor.ts';
import { KERNEL_LAYERS } from '../../../core/protocol/messages.ts';
import { cellSource, cellsOf } from '../../harness/cell-source.ts';
import { realSupervisor } from './job.ts';

/**
 * A launcher whose first cell is a real process that follows a script instead of the protocol, over a
 * real socketpair; every later one is a real cell unless `always`. The script has `send(head, body)`, `raw(bytes)`,
 * `hello()`, and gives `on`: what to do at each message of the broker.
 */
export const scriptedLauncher = (
  script: string,
  { always = false }: { readonly always?: boolean } = {},
): ScriptedCells => scriptedCells(always ? script : `hello(); ${script}`)(always);

/** Cells of one script, and where they are not always wanted real ones. */
export type ScriptedCells = CellSource & { readonly dispose: () => Promise<void> };

/** Launchers of one script, as `scriptedLauncher` gives them, that share its spawner: `dispose` ends it for all. */
export const scriptedCells = (script: string): ((always?: boolean) => ScriptedCells) => {
  const folder = mkdtempSync(join(tmpdir(), 'secai-scripted-cell-'));
  const main = join(folder, 'cell.mjs');
  writeFileSync(main, PREAMBLE + script);
  // A cell is nobody where the tests run as root.
  chmodSync(folder, 0o755);
  chmodSync(main, 0o644);
  const scripted = cellsOf(main);
  const real = cellSource();
  return (always = false) => {
    let launched = 0;
    return {
      launch: (profile) => {
        launched += 1;
        return launched === 1 || always ? scripted.launch(profile) : real.launch(profile);
      },
      ready: async () => {
        await scripted.ready();
        return real.ready();
      },
      lost: () => scripted.lost() ?? real.lost(),
      gone: Promise.race([scripted.gone, real.gone]),
      close: async () => {
        await scripted.close();
        await real.close();
      },
      dispose: async () => {
        await scripted.close();
        rmSync(folder, { recursive: true });
      },
    };
  };
};

/** A supervisor whose first cell follows the script, with the violations that it was told of. */
export const hostileSupervisor = (
  t: TestContext,
  script: string,
  { size = 1 }: { readonly size?: number } = {},
): { readonly supervisor: Supervisor; readonly violations: readonly string[] } => {
  const launcher = scriptedLauncher(script);
  const violations: string[] = [];
  const supervisor = realSupervisor({
    launcher,
    size,
    onViolation: ({ message }) => violations.push(message),
  });
  t.after(async () => {
    await supervisor.close();
    await launcher.dispose();
  });
  return { supervisor, violations };
};

const PREAMBLE = `
import { Socket } from 'node:net';
const channel = new Socket({ fd: 3, readable: true, writable: true });
const raw = (bytes) => channel.write(bytes);
const frame = (head, body = '') => {
  const text = Buffer.from(JSON.stringify(head) + '\\n' + body);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(text.length);
  return Buffer.concat([length, text]);
};
const send = (head, body) => raw(frame(head, body));
const hello = (changes = {}) => send({
  type: 'hello', protocol: 1, node: process.versions.node, v8: process.versions.v8,
  isolated_vm: '7.0.1', layers: ${JSON.stringify(KERNEL_LAYERS)},
  landlock_abi: 7, covered: [], uid: 65534, ...changes,
});
const idle = (step) => send({ type: 'idle', step });
const call = (step, seq, body) => send({ type: 'call', step, seq }, JSON.stringify(body));
const result = (step, output = {}) =>
  send({ type: 'result', step, cpu_ms: 1 }, JSON.stringify({ ok: output }));
const on = { setup: () => idle(0) };
let held = Buffer.alloc(0);
channel.on('data', (chunk) => {
  held = Buffer.concat([held, chunk]);
  while (held.length >= 4 && held.length >= 4 + held.readUInt32BE(0)) {
    const end = 4 + held.readUInt32BE(0);
    const text = held.toString('utf8', 4, end);
    held = held.subarray(end);
    const cut = text.indexOf('\\n');
    const head = JSON.parse(text.slice(0, cut));
    const body = text.slice(cut + 1) ? JSON.parse(text.slice(cut + 1)) : undefined;
    on[head.type]?.(head, body);
  }
});
channel.on('end', () => process.kill(process.pid, 'SIGKILL'));
`;

import {
  chmodSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';

/** A file that an attack is pointed at, and whether anything about it or beside it moved. */
export interface Canary {
  readonly file: string;
  readonly hasMoved: () => boolean;
}

/** Plants a file that everybody may read and write: what keeps it is the wall alone. */
export const plantCanary = (t: TestContext): Canary => {
  const folder = mkdtempSync(join(tmpdir(), 'secai-canary-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'victim');
  writeFileSync(file, 'the canary sits here');
  chmodSync(folder, 0o777);
  chmodSync(file, 0o666);
  const state = (): string => {
    const { mode, uid, gid, mtimeMs, ctimeMs } = lstatSync(file);
    return JSON.stringify([
      readdirSync(folder),
      readFileSync(file, 'utf8'),
      mode,
      uid,
      gid,
      mtimeMs,
      ctimeMs,
    ]);
  };
  const before = state();
  return { file, hasMoved: () => state() !== before };
};

/** A listening port, and how often somebody came. */
export const plantPort = async (
  t: TestContext,
): Promise<{ readonly port: number; readonly visits: () => number }> => {
  let visits = 0;
  const server = createServer((socket) => {
    visits += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    visits: () => visits,
  };
};

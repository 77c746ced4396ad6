import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { makeLineReader } from '../../protocol/lines.ts';
import type { ProfileName } from '../../vocabulary/enums.ts';
import { encodeLoad, type LoadRequest, parseRangeAnswer } from './range-messages.ts';
import { within } from './within.ts';

/** The broker of a range as a child of this process. */
export interface RangeProcess {
  readonly pid: number;
  /** Settles with how it ended. */
  readonly exited: Promise<string>;
  /** True once it is gone; a process whose socket just closed is given a moment to be. */
  hasEnded(): Promise<boolean>;
  /** The script that every later task runs. */
  load(request: LoadRequest): Promise<void>;
  /** The most memory of a cell since the last script was loaded, in bytes. */
  peak(): Promise<number>;
  /** What it wrote since the last time that this was asked. */
  takeLog(): string;
  stop(): Promise<void>;
}

const MAIN = fileURLToPath(new URL('./main.js', import.meta.url));
const MOMENT_MS = 20;
const LINE_BYTES = 4 * 1024 * 1024;
const LOG_SIGNS = 16 * 1024 * 1024;

export const startRangeProcess = (
  profile: ProfileName,
  env: Readonly<Record<string, string>>,
): RangeProcess => {
  const child = spawn(process.execPath, [MAIN, profile], {
    // Coverage would add its variable, so it is named and undefined.
    env: { NODE_V8_COVERAGE: undefined, ...env },
    cwd: '/',
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let log = '';
  let waiting: { readonly loaded: () => void; readonly peak: (bytes: number) => void } | undefined;
  const keep = (text: string): void => {
    if (log.length < LOG_SIGNS) log += text;
  };
  const read = makeLineReader(LINE_BYTES);
  child.stdout.on('data', (chunk: Buffer) => {
    for (const line of read(chunk)) {
      const answer = parseRangeAnswer(line);
      if (answer === undefined) keep(`${line}\n`);
      else if (answer.range === 'loaded') waiting?.loaded();
      else waiting?.peak(answer.bytes);
    }
  });
  child.stderr.on('data', (chunk: Buffer) => keep(chunk.toString('utf8')));
  child.stdin.on('error', () => {});
  const exited = once(child, 'close').then(
    ([code, signal]) => `${signal ?? `code ${code}`}`,
    (thrown: unknown) => String(thrown),
  );
  const ask = <Answer>(line: string, of: (settle: (answer: Answer) => void) => typeof waiting) =>
    new Promise<Answer>((resolve, reject) => {
      void exited.then((how) => reject(new Error(`the broker ended: ${how}`)));
      waiting = of(resolve);
      child.stdin.write(line);
    });
  return Object.freeze<RangeProcess>({
    pid: child.pid ?? 0,
    exited,
    hasEnded: () =>
      within(
        MOMENT_MS,
        exited.then(() => true),
        false,
      ),
    load: (request) =>
      ask<void>(encodeLoad(request), (settle) => ({ loaded: () => settle(), peak: () => {} })),
    peak: () => ask<number>('peak\n', (settle) => ({ loaded: () => {}, peak: settle })),
    takeLog: () => {
      const taken = log;
      log = '';
      return taken;
    },
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
      await exited;
    },
  });
};

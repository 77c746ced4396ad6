import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeLineReader } from '../../../protocol/lines.ts';
import { CommandFailure } from '../../command-failure.ts';
import { EXIT } from '../../exit-codes.ts';
import { within } from '../../probe/within.ts';
import {
  type BenchAnswer,
  type BenchRequest,
  type CaseRun,
  encodeLine,
  MOST_REQUEST_BYTES,
  parseAnswer,
} from './bench-messages.ts';

/** Real cells behind a real broker's lock, for one call after another. */
export interface Bench {
  /** Where the folders of cases lie. */
  readonly work: string;
  run(request: BenchRequest): Promise<CaseRun>;
  close(): Promise<void>;
}

export type BenchOptions = {
  /** One process for many calls of one plugin, whatever its profile says. */
  readonly shared?: boolean;
};

const MAIN = fileURLToPath(new URL('./main.js', import.meta.url));
/** Longer than any profile lets a step run. */
const MOST_MS = 120_000;
const LOG_SIGNS = 64 * 1024;

/** @throws CommandFailure where no cell starts, with the reason */
export const openBench = async ({ shared = false }: BenchOptions = {}): Promise<Bench> => {
  const root = await mkdtemp(join(tmpdir(), 'secai-bench-'));
  const removeNow = (): void => rmSync(root, { recursive: true, force: true });
  process.once('exit', removeNow);
  for (const name of ['work', 'state']) await mkdir(join(root, name), { mode: 0o700 });
  const child = spawn(process.execPath, [MAIN, root, ...(shared ? ['--shared'] : [])], {
    // Coverage would add its variable, so it is named and undefined.
    env: { NODE_V8_COVERAGE: undefined },
    cwd: '/',
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let said = '';
  const answers: BenchAnswer[] = [];
  let wake = (): void => {};
  const read = makeLineReader(MOST_REQUEST_BYTES);
  child.stdout.on('data', (chunk: Buffer) => {
    for (const line of read(chunk)) {
      const answer = parseAnswer(line);
      if (answer !== undefined) answers.push(answer);
    }
    wake();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString('utf8')).slice(-LOG_SIGNS);
  });
  child.stdin.on('error', () => {});
  const exited = once(child, 'close').then(
    () => 'ended' as const,
    () => 'ended' as const,
  );
  const next = async (): Promise<BenchAnswer> => {
    const arrived = new Promise<'arrived'>((resolve) => {
      wake = () => resolve('arrived');
      if (answers.length > 0) wake();
    });
    const how = await within(MOST_MS, Promise.race([arrived, exited]), 'late' as const);
    const answer = answers.shift();
    if (answer !== undefined) return answer;
    throw new CommandFailure(
      EXIT.failed,
      how === 'late'
        ? 'the cells gave no answer in time'
        : `no cell runs: ${said.trim() || 'the process that holds them ended'}\nsee \`secai-agent doctor\``,
    );
  };
  const close = async (): Promise<void> => {
    process.removeListener('exit', removeNow);
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    await exited;
    await rm(root, { recursive: true, force: true });
  };
  try {
    await next();
  } catch (thrown) {
    await close();
    throw thrown;
  }
  return Object.freeze<Bench>({
    work: join(root, 'work'),
    run: async (request) => {
      child.stdin.write(encodeLine(request));
      const answer = await next();
      if (answer.bench === 'ran') return answer.run;
      const { code, message } = answer.bench === 'refused' ? answer : NO_ANSWER;
      return { ...NO_RUN, ended: code, message };
    },
    close,
  });
};

const NO_ANSWER = { code: 'internal', message: 'the cells answered something else' };
const NO_RUN: Omit<CaseRun, 'ended' | 'message'> = {
  output: null,
  resultBytes: 0,
  handles: [],
  calls: 0,
  wallMs: 0,
  cpuMs: 0,
  peakBytes: 0,
  log: [],
};

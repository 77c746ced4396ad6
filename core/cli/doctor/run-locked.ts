import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { makeLineReader } from '../../protocol/lines.ts';
import { KERNEL_LAYERS, type KernelLayer } from '../../protocol/lock-facts.ts';
import { isJsonObject, type JsonValue, ownValue } from '../../vocabulary/json.ts';
import { OVER } from './attack-text.ts';
import type { Ground } from './ground.ts';
import { parseAnswer } from './parse-answer.ts';
import { type ProcessStatus, readStatus } from './process-status.ts';
import type { Answer, LayerFault } from './row.ts';

/** How a process that locked itself like the broker or the spawner fared. */
export interface LockedRun {
  readonly layers: readonly KernelLayer[];
  readonly faults: readonly LayerFault[];
  readonly landlockAbi: number;
  readonly answers: readonly Answer[];
  readonly status: ProcessStatus | undefined;
  /** What it wrote to stderr, where it did not get to its end. */
  readonly said: string;
}

const MAIN = fileURLToPath(new URL('./locked-process.js', import.meta.url));
const WAIT_MS = 30_000;
const LINE_BYTES = 65_536;

/** Starts the process, reads what it says, looks at it from outside while it lives, and ends it. */
export const runLocked = async (
  kind: 'broker' | 'spawner',
  { targets, inside }: Ground,
): Promise<LockedRun> => {
  const child = spawn(
    process.execPath,
    ['--jitless', MAIN, kind, JSON.stringify(targets), inside],
    {
      // Coverage would add its variable to an empty environment, so it is named and undefined.
      env: { NODE_V8_COVERAGE: undefined },
      cwd: '/',
      stdio: ['pipe', 'pipe', 'pipe'],
    },
  );
  const late = setTimeout(() => child.kill('SIGKILL'), WAIT_MS);
  const read = makeLineReader(LINE_BYTES);
  const answers: Answer[] = [];
  let lock: Lock = { layers: [], faults: [], landlockAbi: 0 };
  let status: ProcessStatus | undefined;
  let said = '';
  let over = false;
  child.stdout.on('data', (chunk: Buffer) => {
    for (const line of read(chunk)) {
      const answer = parseAnswer(line);
      if (line === OVER) {
        over = true;
        status = readStatus(child.pid ?? 0);
        child.stdin.end();
      } else if (answer !== undefined) answers.push(answer);
      else lock = parseLock(line) ?? lock;
    }
  });
  child.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString('utf8')).slice(0, LINE_BYTES);
  });
  child.stdin.on('error', () => {});
  await once(child, 'close');
  clearTimeout(late);
  const why =
    said
      .trim()
      .split('\n')
      .find((line) => line.includes('Error')) ?? said.trim();
  return { ...lock, answers, status, said: over ? '' : why || `${child.signalCode}` };
};

type Lock = Pick<LockedRun, 'layers' | 'faults' | 'landlockAbi'>;

const parseLock = (line: string): Lock | undefined => {
  const value: JsonValue = JSON.parse(line);
  if (!isJsonObject(value)) return undefined;
  const names = ownValue(value, 'layers');
  const faults = ownValue(value, 'faults');
  const abi = ownValue(value, 'landlockAbi');
  if (!Array.isArray(names) || !Array.isArray(faults) || typeof abi !== 'number') return undefined;
  return {
    layers: KERNEL_LAYERS.filter((layer) => names.includes(layer)),
    faults: faults.filter(isJsonObject).flatMap((fault) => {
      const layer = KERNEL_LAYERS.find((name) => name === ownValue(fault, 'layer'));
      return layer === undefined ? [] : [{ layer, reason: String(ownValue(fault, 'reason')) }];
    }),
    landlockAbi: abi,
  };
};

import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import { lockBroker } from '../../broker/main/lock-broker.ts';
import { makeBrokerLockPowers } from '../../broker/main/powers/broker-lock.ts';
import { landlockAbi } from '../../linux/landlock/landlock-abi.ts';
import { bindRawSyscall } from '../../linux/raw-syscall.ts';
import { syscallNumbers } from '../../linux/seccomp/syscall-numbers.ts';
import { thisArchitecture } from '../../linux/this-architecture.ts';
import { KERNEL_LAYERS } from '../../protocol/lock-facts.ts';
import { lockSpawner } from '../../spawner/lock-spawner.ts';
import { becomeBroker } from '../become-broker.ts';
import { OVER } from './attack-text.ts';
import { brokerAttempts, spawnerAttempts, type Targets } from './attempts.ts';
import type { LayerFault } from './row.ts';
import { tryEach } from './try-each.ts';

// A short-lived child of `doctor`: `locked-process.js broker|spawner TARGETS INSIDE`. It puts up the very lock of
// that process, in the same order and from the same profile, then tries what must be refused. Its lines are
// the lock, one for each answer, and `over`; it ends with its stdin.

const [kind, targetsText = '{}', inside = '/'] = process.argv.slice(2);
const targets: Targets = JSON.parse(targetsText);
const say = (line: object): void => void process.stdout.write(`${JSON.stringify(line)}\n`);
const tools = { syscall: bindRawSyscall(), numbers: syscallNumbers(thisArchitecture()) };

const tellLock = (faults: readonly LayerFault[], abi: number): void => {
  const layers = KERNEL_LAYERS.filter((layer) => !faults.some((fault) => fault.layer === layer));
  say({ layers, faults, landlockAbi: abi });
};
const codeOf = (thrown: unknown): string =>
  thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'failed';
const howItRan = ({ error, status }: SpawnSyncReturns<Buffer>): string =>
  error === undefined ? (status === 0 ? 'done' : `status ${status}`) : codeOf(error);

const asBroker = async (): Promise<void> => {
  becomeBroker();
  const folders = ['@readable', '@writable', '@state', '@secrets', '@socket_folder'];
  const places = {
    folders: new Map(folders.map((name) => [name, [inside]])),
    ports: new Map([
      ['@peers', []],
      ['@listen', []],
    ]),
  };
  const abi = landlockAbi();
  tellLock(lockBroker(makeBrokerLockPowers(), places, { weak: true }), abi);
  tryEach(tools, brokerAttempts(targets), (answer) => say({ thread: 'main', ...answer }));
  const answered = await readFile(targets.file).then(() => 'done', codeOf);
  say({ thread: 'pool', tried: 'open a file', call: 'openat', answered });
  await fromThread();
};

/** The thread starts after the lock, as the one of the search index does. */
const fromThread = async (): Promise<void> => {
  const worker = new Worker(new URL('./locked-thread.js', import.meta.url), {
    workerData: targets.file,
  });
  worker.on('message', say);
  await new Promise((resolve) => worker.once('exit', resolve));
};

const asSpawner = (): void => {
  const { failures, landlockAbi: abi } = lockSpawner([]);
  tellLock(failures, abi);
  tryEach(tools, spawnerAttempts(targets), (answer) => say({ thread: 'main', ...answer }));
  const shell = howItRan(spawnSync('/bin/sh', ['-c', ':']));
  say({ thread: 'main', tried: 'run another program than node', call: 'execve', answered: shell });
  const node = howItRan(spawnSync(process.execPath, ['--jitless', '--version']));
  say({ thread: 'main', tried: 'run node', call: 'execve', answered: node });
};

process.stdin.resume().once('end', () => process.exit(0));
if (kind === 'broker') await asBroker();
else asSpawner();
process.stdout.write(`${OVER}\n`);

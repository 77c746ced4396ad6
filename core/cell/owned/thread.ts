import { parentPort } from 'node:worker_threads';
import { bindTools, runAttack } from './attack-function.ts';

// The thread of `startOlderThread`: bound before the lock, runs what comes after it.
const say = (kind: 'report' | 'ended', text: string): void =>
  parentPort?.postMessage({ kind, text });
const tools = { ...bindTools(), report: (line: string) => say('report', String(line)) };

parentPort?.on('message', (source: string) => {
  runAttack(source, tools).then(
    (text) => say('ended', text),
    (thrown: unknown) => say('ended', `threw ${String(thrown)}`),
  );
});

// All that a thread loads is loaded by now.
say('ended', 'ready');

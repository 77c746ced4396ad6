import { Buffer } from 'node:buffer';
import {
  CALL_ENVELOPE_BYTES,
  type CellReason,
  ERROR_BYTES,
  type FromCell,
  LOG_BYTES,
  RESULT_ENVELOPE_BYTES,
  type ToCell,
} from '../protocol/messages.ts';
import type { FreshIsolate } from './fresh-isolate.ts';
import { makeStepTimers } from './step-timers.ts';

type Run = Extract<ToCell, { type: 'run' }>;
type Send = (message: FromCell) => void;

/** One step under way in one isolate. */
export interface Step {
  readonly number: number;
  /** A reply of the broker to the call with this sequence number. */
  reply(seq: number, body: string): void;
  /** Ends the step for a reason that this process saw; the first one counts. */
  fail(reason: CellReason): void;
  /** Settled when the step has ended, its message is sent and its isolate is gone. */
  readonly ended: Promise<void>;
}

/**
 * How often the cell looks at the clock. The first watchdog (isolated-vm's timeout) covers only what
 * runs synchronously from the entry; this one sees promises, getters and late work as well.
 */
const TICK_MS = 20;

const UNHANDLED = '{"err":"a promise was rejected and nobody handled it"}';

/** Runs a step; sends its calls and then exactly one result or failure. */
export const startStep = (run: Run, isolate: FreshIsolate, send: Send): Step => {
  const { limits, step: number } = run;
  const pending = new Map<number, (body: string) => void>();
  const startedAt = performance.now();
  // A guest asks for any delay. One that outlasts the step must not come due before the step's own end.
  const timers = makeStepTimers(limits.wall_ms + 1000);
  let asked = 0;
  let calls = 0;
  let over = false;
  const { promise: ended, resolve: end } = Promise.withResolvers<void>();

  const finish = (message: (cpuMs: number) => FromCell): void => {
    if (over) return;
    over = true;
    clearInterval(timer);
    timers.stop();
    pending.clear();
    send(message(isolate.cpuMs()));
    isolate.dispose().then(end, end);
  };
  const fail = (reason: CellReason): void =>
    finish((cpuMs) => ({ type: 'failure', step: number, cpuMs, reason }));

  const elapsed = (): number => performance.now() - startedAt;
  const look = (): void => {
    if (isolate.died()) fail('memory');
    else if (isolate.cpuMs() >= limits.cpu_ms) fail('cpu');
    else if (elapsed() >= limits.wall_ms) fail('wall');
  };
  const timer = setInterval(look, TICK_MS);

  // The guest program keeps these limits itself; a second check here costs nothing and does not
  // depend on anything that lives in the guest's heap.
  const answer = (body: string): Promise<string> => {
    if (Buffer.byteLength(body) > limits.argument_bytes + CALL_ENVELOPE_BYTES)
      fail('argument_too_large');
    else if (asked >= limits.calls_total) fail('too_many_calls');
    if (over) return new Promise(() => {});
    asked += 1;
    const timed = timers.answer(body);
    if (timed !== undefined && timed !== 'refused') return timed;
    if (timed === 'refused' || pending.size >= limits.calls_in_flight) {
      fail('too_many_calls');
      return new Promise(() => {});
    }
    calls += 1;
    const seq = calls;
    send({ type: 'call', step: number, seq, body });
    return new Promise((resolve) => pending.set(seq, resolve));
  };

  const isOversized = (value: string): boolean => {
    const most = value.startsWith('{"ok"') ? limits.result_bytes : ERROR_BYTES;
    const log = value.includes('\n') ? LOG_BYTES : 0;
    return Buffer.byteLength(value) > most + RESULT_ENVELOPE_BYTES + log;
  };
  const settle = (value: unknown): void => {
    if (typeof value !== 'string') fail('crash');
    else if (isOversized(value)) {
      fail('result_too_large');
    } else finish((cpuMs) => ({ type: 'result', step: number, cpuMs, body: value }));
  };
  // A rejection is never read: it may be null, a string or 50 MB of the guest's text (attack 63).
  // The door catches all that a guest throws, so what rejects is the engine: it stopped the isolate, which
  // the look and the clock tell, or it met a rejected promise that nobody handles, and nothing crashed.
  const stopped = (): void => {
    look();
    if (elapsed() >= timeoutMs) fail('cpu');
    else settle(UNHANDLED);
  };

  const timeoutMs = Math.min(2 * limits.cpu_ms, limits.wall_ms);
  const settings = JSON.stringify({ entry: run.entry, now: run.now, seed: run.seed, limits });
  const { source, input, handles } = run;
  isolate.enter({ settings, source, input, handles }, answer, timeoutMs).then(settle, stopped);

  return Object.freeze({
    number,
    ended,
    fail,
    reply: (seq: number, body: string): void => {
      const resolve = pending.get(seq);
      pending.delete(seq);
      resolve?.(body);
    },
  });
};

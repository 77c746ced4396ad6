import type { CallMeter } from './call-meter.ts';
import { apply, data, defineProperty, parse, stringify, then } from './primordials.ts';

/** Limits that the isolate itself keeps, so that nothing larger than they allow ever crosses. */
export interface Limits {
  readonly result_bytes: number;
  readonly argument_bytes: number;
  readonly calls_in_flight: number;
  readonly calls_total: number;
}

export type LimitCode = 'result_too_large' | 'argument_too_large' | 'too_many_calls';

interface Waiting {
  readonly send: () => void;
  next: Waiting | null;
}

export type Call = (handle: string, method: string, args: unknown) => Promise<unknown>;

/**
 * The one way out of the isolate: text to the host, a promise of text back. At most so many calls are
 * under way, further ones wait here, in the guest's own memory. Going over a limit ends the step.
 */
export const makeCall = (
  ask: (text: string) => Promise<string>,
  limits: Limits,
  meter: CallMeter,
  over: (code: LimitCode) => void,
): Call => {
  let underWay = 0;
  let first: Waiting | null = null;
  let last: Waiting | null = null;

  const enqueue = (send: () => void): void => {
    const waiting: Waiting = { __proto__: null, send, next: null } as Waiting;
    if (last === null) first = waiting;
    else last.next = waiting;
    last = waiting;
  };
  const startWaiting = (): void => {
    while (first !== null && underWay < limits.calls_in_flight) {
      const { send } = first;
      first = first.next;
      if (first === null) last = null;
      underWay += 1;
      send();
    }
  };

  return (handle, method, args) => {
    const data = args === undefined ? 'null' : stringify(args);
    if (data === undefined) throw new TypeError('the arguments are not data');
    return new Promise((resolve, reject) => {
      if (data.length > limits.argument_bytes) return over('argument_too_large');
      if (!meter()) return;
      const text = `{"handle":"${handle}","method":"${method}","args":${data}}`;
      enqueue(() => {
        const done = (reply: string): void => {
          underWay -= 1;
          settle(reply, resolve, reject);
          startWaiting();
        };
        apply(then, ask(text), [done, reject]);
      });
      startWaiting();
    });
  };
};

interface Reply {
  readonly ok?: unknown;
  readonly err?: { readonly code: string; readonly message: string };
}

/** A reply is `{"ok": value}` or `{"err": {code, message}}`; the error is made here, of this realm. */
const settle = (
  reply: string,
  resolve: (value: unknown) => void,
  reject: (error: Error) => void,
): void => {
  const { ok, err }: Reply = parse(reply);
  if (err === undefined) {
    resolve(ok);
    return;
  }
  const error = new Error(err.message);
  defineProperty(error, 'code', data(err.code));
  reject(error);
};

import { makeCallMeter } from './call-meter.ts';
import { type LimitCode, type Limits, makeCall } from './calls.ts';
import { startClock } from './clock.ts';
import { type Descriptor, makeHandles } from './handles.ts';
import { withLog } from './log-lines.ts';
import {
  apply,
  evaluate,
  freeze,
  getOwnPropertyDescriptor,
  parse,
  slice,
  stringify,
  then,
} from './primordials.ts';
import { startTimers } from './timers.ts';

/** The host's function, given by isolated-vm as the first argument of this program. */
declare const $0: { apply(...args: unknown[]): Promise<string> };

interface Settings {
  readonly entry: string;
  readonly now: number;
  readonly seed: number;
  readonly limits: Limits;
}

const host = $0;
const applyHost = host.apply;
const PROMISED = freeze({ __proto__: null, result: freeze({ __proto__: null, promise: true }) });
const ask = (text: string): Promise<string> =>
  apply(applyHost, host, [undefined, freeze([text]), PROMISED]);

const MAX_MESSAGE = 2048;

/**
 * Runs one step and promises one string: `{"ok": output}`, `{"err": message}` or `{"limit": code}`, and
 * behind a line break the log if there is one: `{"lines": [...], "dropped": n}`.
 * Every failure of the guest is caught and described in here, inside the timed region, so that the
 * host never touches a thrown value (attacks 16, 53, 54).
 */
export const door = (
  settingsText: string,
  source: string,
  input: string,
  handles: string,
): Promise<string> =>
  new Promise<string>((settle) => {
    const resolve = (result: string): void => settle(withLog(result));
    const fail = (thrown: unknown): void => resolve(errorResult(thrown));
    const { entry, now, seed, limits }: Settings = parse(settingsText);
    const over = (code: LimitCode): void => resolve(`{"limit":"${code}"}`);
    const meter = makeCallMeter(limits.calls_total, over);
    const call = makeCall(ask, limits, meter, over);
    startTimers({ ask, meter, fail });
    const run = async (): Promise<string> => {
      try {
        startClock(now, seed);
        // The name is what stands in the frames of an error, whatever the host calls the file.
        evaluate(`${source}\n//# sourceURL=secai:plugin`);
        const step = findStep(entry);
        const output = await apply(step, undefined, [
          parse(input),
          makeHandles(parse<readonly Descriptor[]>(handles), call),
        ]);
        const text = stringify(output);
        if (text === undefined) return '{"err":"the step returned no data"}';
        if (text.length > limits.result_bytes) return '{"limit":"result_too_large"}';
        return `{"ok":${text}}`;
      } catch (thrown) {
        return errorResult(thrown);
      }
    };
    apply(then, run(), [resolve]);
  });

const findStep = (entry: string): ((...args: unknown[]) => unknown) => {
  const plugin = ownProperty(globalThis, '__plugin');
  const step =
    ownProperty(ownProperty(plugin, 'steps'), entry) ??
    ownProperty(ownProperty(plugin, 'tools'), entry);
  if (typeof step !== 'function') throw new TypeError('the plugin has no such step');
  return step as (...args: unknown[]) => unknown;
};

const ownProperty = (object: unknown, key: string): unknown =>
  typeof object === 'object' && object !== null && getOwnPropertyDescriptor(object, key)
    ? (object as { [key: string]: unknown })[key]
    : undefined;

const errorResult = (thrown: unknown): string => `{"err":${stringify(messageOf(thrown))}}`;

const messageOf = (thrown: unknown): string => {
  try {
    const message =
      typeof thrown === 'object' && thrown !== null
        ? (thrown as { message?: unknown }).message
        : thrown;
    if (typeof message === 'string') return apply(slice, message, [0, MAX_MESSAGE]);
  } catch {
    // a getter or a proxy that throws in turn has nothing to say
  }
  return 'the step threw a value without a message';
};

import { Buffer } from 'node:buffer';
import { violation } from '../../protocol/frame.ts';
import { parseGuestJson } from '../../protocol/guest-json.ts';
import type { StepLimits } from '../../protocol/limits.ts';
import { ERROR_BYTES, RESULT_ENVELOPE_BYTES } from '../../protocol/messages.ts';
import { isJsonObject, ownValue } from '../../vocabulary/json.ts';
import { limitText, tooMuch } from './limit-text.ts';
import { failed, type StepOutcome } from './step-job.ts';
import { stepLogOf } from './step-log.ts';

const MAX_MESSAGE = 2048;

/**
 * The outcome that a cell's text states, and the step's log where a line break and a log follow.
 * @throws violation
 */
export const outcomeOf = (body: string, cpuMs: number, limits: StepLimits): StepOutcome => {
  // JSON made by an isolate has no line break of its own.
  const end = body.indexOf('\n');
  if (end < 0) return resultOf(body, cpuMs, limits);
  const log = stepLogOf(body.slice(end + 1));
  return { ...resultOf(body.slice(0, end), cpuMs, limits), log };
};

/**
 * A result is `{"ok"}`, `{"err"}` or `{"limit"}`, nothing else. A limit named here says only that the step
 * outgrew it; a death is classified elsewhere, from host state.
 * @throws violation
 */
const resultOf = (body: string, cpuMs: number, limits: StepLimits): StepOutcome => {
  // The envelope around the output is one object more.
  const data = parseGuestJson(body, {
    bytes: Math.max(limits.result_bytes, ERROR_BYTES) + RESULT_ENVELOPE_BYTES,
    depth: limits.depth + 1,
    nodes: limits.nodes + 1,
  });
  if (data === undefined) {
    return failed('guest_error', `the result is ${tooMuch(limits)}`, cpuMs);
  }
  if (!isJsonObject(data) || Object.keys(data).length !== 1) throw violation('malformed result');
  const output = ownValue(data, 'ok');
  if (output !== undefined) {
    const bytes = Buffer.byteLength(body) - RESULT_ENVELOPE_BYTES;
    if (bytes > limits.result_bytes) throw violation('result over its limit');
    return isJsonObject(output)
      ? { kind: 'completed', output, bytes, cpuMs }
      : failed('guest_error', 'the step returned no object', cpuMs);
  }
  const message = ownValue(data, 'err');
  if (typeof message === 'string') return failed('guest_error', oneLine(message), cpuMs);
  const limit = ownValue(data, 'limit');
  switch (limit) {
    case 'result_too_large':
    case 'argument_too_large':
    case 'too_many_calls':
      return failed(limit, limitText(limit, limits), cpuMs);
    default:
      throw violation('malformed result');
  }
};

/** Guest text as one line: control characters become spaces (attack 180), the length is capped. */
const oneLine = (text: string): string =>
  text.slice(0, MAX_MESSAGE).replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');

import { Buffer } from 'node:buffer';
import { violation } from '../../protocol/frame.ts';
import { parseGuestJson } from '../../protocol/guest-json.ts';
import { exactly, text } from '../../protocol/head.ts';
import type { StepLimits } from '../../protocol/limits.ts';
import { CALL_ENVELOPE_BYTES, MAX_FRAME_TO_CELL } from '../../protocol/messages.ts';
import { AgentError, type ErrorCode, toAgentError } from '../../vocabulary/errors.ts';
import { type JsonValue, ownValue } from '../../vocabulary/json.ts';
import { tooMuch } from './limit-text.ts';
import type { Handle, HandleMethod } from './step-job.ts';

/** The handle calls of one step. */
export interface Calls {
  /** Starts the call that a cell asks for; the answer goes out by itself. @throws violation */
  accept(seq: number, body: string): void;
  /** Takes all handles away and aborts what is under way. */
  close(): void;
}

/** Leaves room for the head of the frame. */
const MAX_REPLY_BYTES = MAX_FRAME_TO_CELL - 1024;

/**
 * Sequence number, handle id, method and arguments all come from a cell that may be hostile. A number
 * is taken once and in order, so a frame cannot be replayed (attack 122). An id is looked up among the
 * handles of this very step: a guess, a handle of another step and a method that the handle does not
 * offer are all the same violation (attacks 119, 121, 124).
 *
 * A call is under way until the cell has taken its answer: one that asks and never reads would have ten thousand
 * answers of megabytes kept for it here. They go out one by one, so that each is seen to be taken in time.
 */
export const makeCalls = (
  handles: readonly Handle[],
  limits: StepLimits,
  reply: (seq: number, body: string) => Promise<void>,
): Calls => {
  const byId = new Map<string, Handle>(handles.map((handle) => [handle.id, handle]));
  // The envelope around the arguments is one object more.
  const size = {
    bytes: limits.argument_bytes + CALL_ENVELOPE_BYTES,
    depth: limits.depth + 1,
    nodes: limits.nodes + 1,
  };
  const closed = new AbortController();
  let lastSeq = 0;
  let underWay = 0;
  let taken: Promise<void> = Promise.resolve();

  const goOut = (seq: number, body: string): void => {
    taken = taken.then(async () => {
      if (!closed.signal.aborted) await reply(seq, body);
      underWay -= 1;
    });
  };
  const answer = async (seq: number, method: HandleMethod, args: JsonValue): Promise<void> =>
    goOut(seq, await replyOf(method, args, closed.signal));

  return Object.freeze({
    accept: (seq: number, body: string): void => {
      if (closed.signal.aborted) throw violation('call after the result');
      if (seq !== lastSeq + 1) throw violation(`call ${seq} after call ${lastSeq}`);
      lastSeq = seq;
      if (seq > limits.calls_total) throw violation('more calls than allowed');
      if (underWay >= limits.calls_in_flight) throw violation('more calls at once than allowed');
      const data = parseGuestJson(body, size);
      if (data === undefined) {
        underWay += 1;
        goOut(seq, errorReply('argument_too_large', `the arguments are ${tooMuch(limits)}`));
        return;
      }
      const call = exactly(data, ['handle', 'method', 'args']);
      const handle = byId.get(text(call, 'handle', 64));
      const method = handle?.methods.get(text(call, 'method', 64));
      if (method === undefined) throw violation('call on a handle or method that the step lacks');
      underWay += 1;
      void answer(seq, method, ownValue(call, 'args') ?? null);
    },
    close: (): void => closed.abort(),
  });
};

const errorReply = (code: ErrorCode, message: string): string =>
  JSON.stringify({ err: { code, message } });

const replyOf = async (
  method: HandleMethod,
  args: JsonValue,
  signal: AbortSignal,
): Promise<string> => {
  try {
    const body = JSON.stringify({ ok: await method(args, signal) });
    if (Buffer.byteLength(body) <= MAX_REPLY_BYTES) return body;
    throw new AgentError({ code: 'too_large', message: 'the answer is too large for one call' });
  } catch (thrown) {
    // A guest learns a code and a message that were written for it, never a foreign error's text.
    const { code, message } = toAgentError(thrown);
    return errorReply(code, message);
  }
};

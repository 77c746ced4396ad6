import type { Buffer } from 'node:buffer';
import { encodeFrame, type Frame, violation } from './frame.ts';
import { exactly, word } from './head.ts';
import { LOCK_FIELDS, type LockFacts, lockFields, parseLockFacts } from './lock-facts.ts';
import { MAX_FRAME_FROM_CELL, MAX_FRAME_TO_CELL } from './messages.ts';

/** Characters of one report, and of what an attack returned or threw. */
export const MAX_REPORT = 16_384;

/** To an owned cell, once, before its lock. */
export interface Attack {
  /** `script`: the text of a function body; `shared_object`: the path of a library without constructors. */
  readonly kind: 'script' | 'shared_object';
  readonly text: string;
}

/**
 * From an owned cell. After `locked` the attacker writes to the channel as well, so a report says what the
 * attack chose to say; what counts is what moved outside.
 */
export type FromOwned =
  | { readonly type: 'locked'; readonly lock: LockFacts }
  | { readonly type: 'report'; readonly text: string }
  | { readonly type: 'ended'; readonly how: 'returned' | 'threw'; readonly text: string };

/** @throws violation */
export const parseAttack = ({ head, body }: Frame): Attack => {
  exactly(head, ['type', 'kind']);
  word(head, 'type', ['attack']);
  return { kind: word(head, 'kind', ['script', 'shared_object']), text: body };
};

export const encodeAttack = ({ kind, text }: Attack): Buffer =>
  encodeFrame({ type: 'attack', kind }, text, MAX_FRAME_TO_CELL);

/** @throws violation for whatever is not exactly one of the three forms */
export const parseFromOwned = ({ head, body }: Frame): FromOwned => {
  const type = word(head, 'type', ['locked', 'report', 'ended']);
  if (body.length > MAX_REPORT || (type === 'locked' && body !== '')) {
    throw violation('unexpected body');
  }
  switch (type) {
    case 'locked':
      exactly(head, ['type', ...LOCK_FIELDS]);
      return { type, lock: parseLockFacts(head) };
    case 'report':
      exactly(head, ['type']);
      return { type, text: body };
    case 'ended':
      exactly(head, ['type', 'how']);
      return { type, how: word(head, 'how', ['returned', 'threw']), text: body };
    default: {
      const never: never = type;
      throw violation(`unknown type \`${String(never)}\``);
    }
  }
};

/** The bytes of a message of an owned cell; a text that is too long is cut. */
export const encodeFromOwned = (message: FromOwned): Buffer => {
  const { type } = message;
  switch (type) {
    case 'locked':
      return encodeFrame({ type, ...lockFields(message.lock) }, '', MAX_FRAME_FROM_CELL);
    case 'report':
      return encodeFrame({ type }, cut(message.text), MAX_FRAME_FROM_CELL);
    case 'ended':
      return encodeFrame({ type, how: message.how }, cut(message.text), MAX_FRAME_FROM_CELL);
    default: {
      const never: never = type;
      throw violation(`unknown type \`${String(never)}\``);
    }
  }
};

const cut = (text: string): string => text.slice(0, MAX_REPORT).toWellFormed();

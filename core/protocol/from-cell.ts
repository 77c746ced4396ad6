import type { Buffer } from 'node:buffer';
import { encodeFrame, type Frame, violation } from './frame.ts';
import { count, exactly, text, word } from './head.ts';
import { LOCK_FIELDS, lockFields, parseLockFacts } from './lock-facts.ts';
import { CELL_REASONS, type FromCell, MAX_FRAME_FROM_CELL, PROTOCOL_VERSION } from './messages.ts';

const TYPES = ['hello', 'idle', 'call', 'result', 'failure'] as const;

/**
 * A message from a cell, which may be under a guest's control altogether. Everything is refused that
 * is not exactly one of the five forms: unknown type, missing or additional field, number out of
 * range, a body where none belongs (attack 50). Order and step are the session's to check.
 * @throws violation
 */
export const parseFromCell = ({ head, body }: Frame): FromCell => {
  const type = word(head, 'type', TYPES);
  if (body !== '' && type !== 'call' && type !== 'result') throw violation('unexpected body');
  switch (type) {
    case 'hello': {
      exactly(head, ['type', 'protocol', 'node', 'v8', 'isolated_vm', ...LOCK_FIELDS]);
      if (count(head, 'protocol') !== PROTOCOL_VERSION) throw violation('other protocol version');
      return {
        type,
        versions: {
          node: text(head, 'node', 64),
          v8: text(head, 'v8', 64),
          isolatedVm: text(head, 'isolated_vm', 64),
        },
        lock: parseLockFacts(head),
      };
    }
    case 'idle':
      exactly(head, ['type', 'step']);
      return { type, step: count(head, 'step') };
    case 'call':
      exactly(head, ['type', 'step', 'seq']);
      return { type, step: count(head, 'step'), seq: count(head, 'seq'), body };
    case 'result':
      exactly(head, ['type', 'step', 'cpu_ms']);
      return { type, step: count(head, 'step'), cpuMs: count(head, 'cpu_ms'), body };
    case 'failure':
      exactly(head, ['type', 'step', 'cpu_ms', 'reason']);
      return {
        type,
        step: count(head, 'step'),
        cpuMs: count(head, 'cpu_ms'),
        reason: word(head, 'reason', CELL_REASONS),
      };
    default: {
      const never: never = type;
      throw violation(`unknown type \`${String(never)}\``);
    }
  }
};

/** The bytes of a message to the broker. */
export const encodeFromCell = (message: FromCell): Buffer => {
  const { type } = message;
  switch (type) {
    case 'hello': {
      const { node, v8, isolatedVm } = message.versions;
      const versions = { node, v8, isolated_vm: isolatedVm };
      return encode({ type, protocol: PROTOCOL_VERSION, ...versions, ...lockFields(message.lock) });
    }
    case 'idle':
      return encode({ type, step: message.step });
    case 'call':
      return encode({ type, step: message.step, seq: message.seq }, message.body);
    case 'result':
      return encode({ type, step: message.step, cpu_ms: message.cpuMs }, message.body);
    case 'failure': {
      const { step, cpuMs, reason } = message;
      return encode({ type, step, cpu_ms: cpuMs, reason });
    }
    default: {
      const never: never = type;
      throw violation(`unknown type \`${String(never)}\``);
    }
  }
};

const encode = (head: Frame['head'], body = ''): Buffer =>
  encodeFrame(head, body, MAX_FRAME_FROM_CELL);

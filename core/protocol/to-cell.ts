import type { Buffer } from 'node:buffer';
import { ownValue } from '../vocabulary/json.ts';
import { encodeFrame, type Frame, violation } from './frame.ts';
import { count, exactly, text, word } from './head.ts';
import { MAX_FRAME_TO_CELL, PROTOCOL_VERSION, type ToCell } from './messages.ts';
import { parseLimits } from './parse-limits.ts';

const TYPES = ['setup', 'run', 'reply'] as const;
const RUN_PARTS = ['source', 'entry', 'input', 'handles', 'limits'];

/**
 * A message from the broker. The broker is trusted, but a cell that misread one would do wrong
 * quietly, so the reading is as strict as the other way round.
 * @throws violation
 */
export const parseToCell = ({ head, body }: Frame): ToCell => {
  const type = word(head, 'type', TYPES);
  switch (type) {
    case 'setup':
      exactly(head, ['type', 'protocol']);
      if (count(head, 'protocol') !== PROTOCOL_VERSION) throw violation('other protocol version');
      return { type, limits: parseLimits(JSON.parse(body)) };
    case 'run': {
      exactly(head, ['type', 'step', 'now', 'seed']);
      const parts = exactly(JSON.parse(body), RUN_PARTS);
      return {
        type,
        step: count(head, 'step'),
        now: count(head, 'now'),
        seed: count(head, 'seed'),
        source: text(parts, 'source', MAX_FRAME_TO_CELL),
        entry: text(parts, 'entry', 256),
        input: text(parts, 'input', MAX_FRAME_TO_CELL),
        handles: text(parts, 'handles', MAX_FRAME_TO_CELL),
        limits: parseLimits(ownValue(parts, 'limits')),
      };
    }
    case 'reply':
      exactly(head, ['type', 'step', 'seq']);
      return { type, step: count(head, 'step'), seq: count(head, 'seq'), body };
    default: {
      const never: never = type;
      throw violation(`unknown type \`${String(never)}\``);
    }
  }
};

/** The bytes of a message to a cell. */
export const encodeToCell = (message: ToCell): Buffer => {
  const { type } = message;
  switch (type) {
    case 'setup':
      return encode({ type, protocol: PROTOCOL_VERSION }, JSON.stringify(message.limits));
    case 'run': {
      const { step, now, seed, source, entry, input, handles, limits } = message;
      const parts = { source, entry, input, handles, limits };
      return encode({ type, step, now, seed }, JSON.stringify(parts));
    }
    case 'reply':
      return encode({ type, step: message.step, seq: message.seq }, message.body);
    default: {
      const never: never = type;
      throw violation(`unknown type \`${String(never)}\``);
    }
  }
};

const encode = (head: Frame['head'], body: string): Buffer =>
  encodeFrame(head, body, MAX_FRAME_TO_CELL);

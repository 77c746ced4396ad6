import { PROFILE_NAMES, type ProfileName } from '../vocabulary/enums.ts';
import { isJsonObject, type JsonObject, ownValue } from '../vocabulary/json.ts';
import { violation } from './frame.ts';
import { count, exactly, text, word, wordList } from './head.ts';
import { KERNEL_LAYERS, type KernelLayer } from './messages.ts';

/** Caps of one line between broker and spawner, either way. */
export const MAX_REQUEST_LINE = 256;
export const MAX_ANSWER_LINE = 8192;
/** The most that is told of what a cell wrote before it ended. */
export const MAX_SAID = 1024;

/** The only thing that the broker can ask the spawner for: one more cell of this profile. */
export interface SpawnerRequest {
  readonly profile: ProfileName;
}

/** Spawner to broker. `number` counts the requests, from 1. */
export type SpawnerAnswer =
  /** It has locked itself. What it passes on to every cell, and what the kernel refused it. */
  | {
      readonly type: 'ready';
      readonly layers: readonly KernelLayer[];
      readonly landlockAbi: number;
    }
  /** The channel of the cell and a pidfd lie in the descriptor socket. */
  | { readonly type: 'started'; readonly number: number; readonly pid: number }
  | { readonly type: 'refused'; readonly number: number; readonly reason: string }
  /** `said` is the first line that the cell wrote to stderr; empty where it wrote none. */
  | {
      readonly type: 'ended';
      readonly pid: number;
      readonly code: number | null;
      readonly signal: string | null;
      readonly said: string;
    };

/** @throws violation unless the line is exactly one request for a known profile */
export const parseSpawnerRequest = (line: string): SpawnerRequest => ({
  profile: word(exactly(parse(line), ['profile']), 'profile', PROFILE_NAMES),
});

export const encodeSpawnerRequest = ({ profile }: SpawnerRequest): string =>
  `${JSON.stringify({ profile })}\n`;

const TYPES = ['ready', 'started', 'refused', 'ended'] as const;

/** @throws violation unless the line is exactly one answer */
export const parseSpawnerAnswer = (line: string): SpawnerAnswer => {
  const head = parse(line);
  const type = word(head, 'type', TYPES);
  switch (type) {
    case 'ready':
      exactly(head, ['type', 'layers', 'landlock_abi']);
      return {
        type,
        layers: wordList(head, 'layers', KERNEL_LAYERS),
        landlockAbi: count(head, 'landlock_abi'),
      };
    case 'started':
      exactly(head, ['type', 'number', 'pid']);
      return { type, number: count(head, 'number'), pid: count(head, 'pid') };
    case 'refused':
      exactly(head, ['type', 'number', 'reason']);
      return { type, number: count(head, 'number'), reason: text(head, 'reason', MAX_SAID) };
    case 'ended':
      exactly(head, ['type', 'pid', 'code', 'signal', 'said']);
      return {
        type,
        pid: count(head, 'pid'),
        code: ownValue(head, 'code') === null ? null : count(head, 'code'),
        signal: ownValue(head, 'signal') === null ? null : text(head, 'signal', 16),
        said: text(head, 'said', MAX_SAID),
      };
    default: {
      const never: never = type;
      throw violation(`unknown type \`${String(never)}\``);
    }
  }
};

export const encodeSpawnerAnswer = (answer: SpawnerAnswer): string => {
  if (answer.type !== 'ready') return `${JSON.stringify(answer)}\n`;
  const { type, layers, landlockAbi } = answer;
  return `${JSON.stringify({ type, layers, landlock_abi: landlockAbi })}\n`;
};

const parse = (line: string): JsonObject => {
  try {
    const value: unknown = JSON.parse(line);
    if (isJsonObject(value)) return value;
  } catch {
    // no JSON at all is refused like any other wrong line
  }
  throw violation('a line that is no JSON object');
};

import { AgentError } from '../../vocabulary/errors.ts';
import { isJsonObject, type JsonObject, type JsonValue, ownValue } from '../../vocabulary/json.ts';
import type { ReadArgs } from './step-gateways.ts';

// Every argument here was written by a guest, or by a cell that a guest owns. Each shape is closed: an
// unknown name, a wrong type or a strange number is refused before a gateway sees it (attacks 48, 96).

const refuse = (problem: string): never => {
  throw new AgentError({ code: 'input_invalid', message: `handle argument: ${problem}` });
};

const closed = (args: JsonValue, names: readonly string[]): JsonObject => {
  if (!isJsonObject(args)) return refuse('expected an object');
  const unknown = Object.keys(args).find((key) => !names.includes(key));
  return unknown === undefined ? args : refuse('unknown name');
};

const text = (args: JsonObject, name: string, most: number): string => {
  const value = ownValue(args, name);
  return typeof value === 'string' && value.length <= most
    ? value
    : refuse(`expected \`${name}\` as text of at most ${most} characters`);
};

const count = (args: JsonObject, name: string, most: number): number => {
  const value = ownValue(args, name);
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most
    ? value
    : refuse(`expected \`${name}\` as an integer from 0 to ${most}`);
};

const encoding = (args: JsonObject): 'text' | 'base64' => {
  const value = ownValue(args, 'encoding') ?? 'text';
  return value === 'text' || value === 'base64' ? value : refuse('unknown encoding');
};

const MOST_BYTES = 2 * 1024 * 1024;

export const readArguments = (args: JsonValue): ReadArgs => {
  const given = closed(args, ['encoding', 'offset', 'length']);
  return {
    encoding: encoding(given),
    ...(Object.hasOwn(given, 'offset') ? { offset: count(given, 'offset', MOST_BYTES) } : {}),
    ...(Object.hasOwn(given, 'length') ? { length: count(given, 'length', MOST_BYTES) } : {}),
  };
};

export const listArguments = (args: JsonValue): { cursor?: string } => {
  const given = closed(args, ['cursor']);
  return Object.hasOwn(given, 'cursor') ? { cursor: text(given, 'cursor', 4096) } : {};
};

export const searchArguments = (args: JsonValue): { text: string; limit: number } => {
  const given = closed(args, ['text', 'limit']);
  return { text: text(given, 'text', 1000), limit: count(given, 'limit', 50) };
};

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/** The bytes that the guest asks to write. */
export const writeArguments = (args: JsonValue): Uint8Array => {
  const given = closed(args, ['content', 'encoding']);
  const content = text(given, 'content', MOST_BYTES);
  if (encoding(given) === 'text') return Buffer.from(content, 'utf8');
  return BASE64.test(content) && content.length % 4 === 0
    ? Buffer.from(content, 'base64')
    : refuse('expected canonical base64');
};

import { isJsonObject, type JsonObject } from '../../vocabulary/json.ts';
import { readJson } from '../../vocabulary/parse/strict-json.ts';
import { invalid } from './invalid.ts';

const JSON_TYPE = /^application\/(?:[a-z0-9!#$&^_.+-]+\+)?json$/;

/**
 * A request's JSON object. A form or a plain text is refused whatever its bytes say (attack 171);
 * a UTF-8 byte order mark is accepted (wire contract section 32.5).
 * @throws AgentError invalid_request `JSON body must be an object`
 */
export const parseJsonBody = (contentType: string | undefined, bytes: Uint8Array): JsonObject => {
  const type = (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (!JSON_TYPE.test(type)) throw unusable('send content-type application/json');
  const value = readJson(decode(bytes), unusable);
  if (!isJsonObject(value)) throw unusable('send one JSON object');
  return value;
};

const decode = (bytes: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw unusable('send UTF-8');
  }
};

const unusable = (remedy: string): Error => invalid('JSON body must be an object', remedy);

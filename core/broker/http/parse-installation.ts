import { AgentError } from '../../vocabulary/errors.ts';
import { isJsonObject, type JsonObject, type JsonValue, ownValue } from '../../vocabulary/json.ts';
import type { InstallRequest, PluginRequest } from '../catalog/store/plugin-store.ts';
import { invalid } from './invalid.ts';
import { onlyFields } from './only-fields.ts';

const MOST_FILES = 256;
const MOST_VERDICTS = 16;
const MOST_PATH = 256;

/**
 * A package and its verdicts as an operator sends them: `{files: [{path, base64}], verdicts: [envelope]}`. What
 * they say is judged later; here is only what makes them bytes.
 * @throws AgentError invalid_request
 */
export const parseInstallation = (body: JsonObject): InstallRequest => {
  onlyFields(body, ['files', 'verdicts'], 'unknown field of an installation');
  const files = new Map<string, Uint8Array>();
  for (const file of list(ownValue(body, 'files'), 'files', MOST_FILES)) {
    onlyFields(file, ['path', 'base64'], 'unknown field of a file');
    const path = ownValue(file, 'path');
    if (typeof path !== 'string' || path.length > MOST_PATH) throw invalid('path must be a string');
    if (files.has(path)) throw invalid('a path is there twice');
    files.set(path, bytesOf(ownValue(file, 'base64')));
  }
  const verdicts = list(ownValue(body, 'verdicts') ?? [], 'verdicts', MOST_VERDICTS);
  return { files, verdicts: verdicts.map((verdict) => Buffer.from(JSON.stringify(verdict))) };
};

const list = (value: JsonValue | undefined, name: string, most: number): readonly JsonObject[] => {
  if (Array.isArray(value) && value.length <= most && value.every(isJsonObject)) return value;
  throw invalid(`${name} must be a list of at most ${most} objects`);
};

// One spelling of the same bytes: what a second reader would take for other bytes is refused.
const bytesOf = (value: JsonValue | undefined): Uint8Array => {
  const bytes = typeof value === 'string' ? Buffer.from(value, 'base64') : undefined;
  if (bytes !== undefined && bytes.toString('base64') === value) return bytes;
  throw invalid('base64 must be canonical base64');
};

const VERSION = /^\d{1,20}\.\d{1,20}\.\d{1,20}$/;

/**
 * Which version of a plugin a verb is about.
 * @throws AgentError invalid_request
 */
export const parsePluginVersion = (body: JsonObject): PluginRequest['version'] => {
  const version = ownValue(body, 'version') ?? null;
  if (version === null || (typeof version === 'string' && VERSION.test(version))) return version;
  throw invalid('version must be three numbers');
};

/**
 * The digest of the difference that an operator approves.
 * @throws AgentError invalid_request
 */
export const parseApproval = (body: JsonObject): string | null => {
  const approve = ownValue(body, 'approve') ?? null;
  if (approve === null || (typeof approve === 'string' && /^[0-9a-f]{64}$/.test(approve)))
    return approve;
  throw new AgentError({
    code: 'invalid_request',
    message: 'approve must be a digest of 64 hex digits',
    remedy: 'copy the difference_digest that the plugin is listed with',
  });
};

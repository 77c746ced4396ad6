import {
  type ConfigurableAction,
  isConfigurable,
  isMode,
  isPreference,
  type Mode,
  type Preference,
} from '../../vocabulary/enums.ts';
import { isJsonObject, type JsonObject, type JsonValue, ownValue } from '../../vocabulary/json.ts';
import type { SubmitRequest } from '../task/verbs/task-request.ts';
import { invalid, shown } from './invalid.ts';
import { onlyFields } from './only-fields.ts';
import { codePoints, trimLikePython } from './python-text.ts';

/** What a submission is read against: the installed workspaces and the policy's default mode. */
export interface SubmitFacts {
  readonly workspaces: ReadonlySet<string>;
  readonly defaultMode: Mode;
}

/**
 * A submission, checked row by row in the order and with the texts of wire contract section 2.3.
 * @throws AgentError invalid_request
 */
export const parseSubmit = (body: JsonObject, facts: SubmitFacts): SubmitRequest => {
  onlyFields(body, ['intent', 'mode', 'workspace', 'preferences'], 'unknown task field');
  return {
    intent: parseIntent(ownValue(body, 'intent')),
    mode: parseMode(ownValue(body, 'mode') ?? absent(body, 'mode', facts.defaultMode)),
    workspaces: parseWorkspaces(
      ownValue(body, 'workspace') ?? absent(body, 'workspace', []),
      facts.workspaces,
    ),
    preferences: parsePreferences(ownValue(body, 'preferences') ?? {}),
  };
};

// An absent field has a default; a null is a value and has none.
const absent = (body: JsonObject, field: string, value: JsonValue): JsonValue =>
  Object.hasOwn(body, field) ? null : value;

const parseIntent = (value: JsonValue | undefined): string => {
  if (typeof value !== 'string') throw invalid('intent must be a string');
  const intent = trimLikePython(value);
  if (intent === '') throw invalid('intent is required');
  if (codePoints(intent) > 2000) throw invalid('intent too long (max 2000 chars)');
  return intent;
};

const parseMode = (value: JsonValue): Mode => {
  if (typeof value !== 'string') throw invalid('mode must be a string');
  if (!isMode(value)) throw invalid(`invalid mode: ${shown(value)}`, 'choose one of GET /v1/modes');
  return value;
};

const parseWorkspaces = (value: JsonValue, known: ReadonlySet<string>): readonly string[] => {
  if (!Array.isArray(value) || value.length > 2)
    throw invalid('workspace must be an array of workspace IDs');
  const ids: string[] = value.map((entry: JsonValue) => {
    if (typeof entry !== 'string' || codePoints(entry) > 64) throw invalid('invalid workspace ID');
    return trimLikePython(entry);
  });
  const unknown = ids.find((id) => !known.has(id));
  if (unknown !== undefined) {
    const remedy = `choose from: ${[...known].join(', ')}`;
    throw invalid(`unknown workspace: ${unknown}`, remedy);
  }
  return [...new Set(ids)];
};

type Preferences = Readonly<Partial<Record<ConfigurableAction, Preference>>>;

const parsePreferences = (value: JsonValue): Preferences => {
  if (!isJsonObject(value) || Object.keys(value).length > 4)
    throw invalid('preferences must be a bounded object');
  const preferences: Partial<Record<ConfigurableAction, Preference>> = Object.create(null);
  const unsupported = Object.keys(value).find((key) => !isConfigurable(key));
  if (unsupported !== undefined)
    throw invalid(`unsupported configurable preference: ${shown(unsupported)}`);
  for (const [key, choice] of Object.entries(value)) {
    if (!isConfigurable(key)) continue;
    if (!isPreference(choice))
      throw invalid(`invalid preference for ${key}`, 'choose always, ask or never');
    preferences[key] = choice;
  }
  return preferences;
};

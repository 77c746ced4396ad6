import { isJsonObject, type JsonObject, ownValue } from '../../vocabulary/json.ts';
import { CommandFailure } from '../command-failure.ts';
import { EXIT } from '../exit-codes.ts';
import { type OperatorOptions, operatorContextOf, operatorTokenFile } from '../operator-context.ts';

/** An installed version as the agent tells it to its operator. */
export interface InstalledManifest {
  readonly facts: JsonObject;
  readonly text: string;
}

/** Asks the running agent for the manifest of an installed plugin. */
export type AskInstalled = (
  id: string,
  version: string | undefined,
) => Promise<InstalledManifest | undefined>;

/** Undefined for every plugin where no operator's token is named: what is installed is the operator's to know. */
export const askInstalled =
  (options: OperatorOptions): AskInstalled =>
  async (id, version) => {
    if (operatorTokenFile(options) === undefined) return undefined;
    const { client } = operatorContextOf(options);
    const place = `/v1/operator/plugins/${encodeURIComponent(id)}`;
    const wanted = version ?? currentOf(await client.get(place));
    const { manifest, ...facts } = await client.get(`${place}/${encodeURIComponent(wanted)}`);
    if (typeof manifest === 'string') return { facts, text: manifest };
    throw new CommandFailure(EXIT.unreachable, 'the agent answered no manifest; update the agent');
  };

// The version that runs, else the newest, which the agent names first.
const currentOf = (told: JsonObject): string => {
  const versions = ownValue(told, 'versions');
  const rows = Array.isArray(versions) ? versions.filter(isJsonObject) : [];
  const row = rows.find((each) => ownValue(each, 'state') === 'enabled') ?? rows[0];
  return String(row === undefined ? '' : ownValue(row, 'version'));
};

import { isJsonObject, ownValue } from '../../vocabulary/json.ts';
import { operatorContextOf, versionText } from '../operator-context.ts';

type EndOptions = Parameters<typeof operatorContextOf>[0] & { readonly version?: string };

/** Asks the agent to end one version of a plugin, or all, and prints what they are then. */
export const endVersions = async (
  id: string,
  verb: 'suspend' | 'revoke',
  options: EndOptions,
): Promise<void> => {
  const { client, print } = operatorContextOf(options);
  const ended = await client.post(`/v1/operator/plugins/${encodeURIComponent(id)}/${verb}`, {
    version: options.version ?? null,
  });
  print(ended, () => {
    const versions = ownValue(ended, 'versions');
    return Array.isArray(versions) ? versions.filter(isJsonObject).map(versionText).join('\n') : '';
  });
};

import type { JsonObject } from '../../vocabulary/json.ts';
import type { ManifestEntry } from '../../vocabulary/manifest.ts';

/**
 * The script by which a range runs one step or tool of a plugin as it runs any attack: the bundle with canaries
 * around it and a read handle on one document, called once with each input. A parameter that asks for more
 * than to read gets a handle that refuses, as in a task without that grant.
 */
export const attackScript = (
  source: string,
  entry: ManifestEntry,
  inputs: readonly JsonObject[],
): string => {
  const table = entry.kind === 'tool' ? 'tools' : 'steps';
  const parameters = entry.annotations.map(({ parameter, capability, many }) => [
    parameter,
    capability === 'storage.read',
    many,
  ]);
  return `export default async (input, handles) => {
  const plugin = (() => {
${source}
return __plugin;
})();
  const run = plugin.${table}[${JSON.stringify(entry.name)}];
  const refused = new Proxy({}, {
    get: () => async () => { throw Object.assign(new Error('refused'), { code: 'policy_denied' }); },
  });
  const ended = { returned: 0, threw: 0, messages: [] };
  for (const given of ${JSON.stringify(inputs)}) {
    const held = {};
    for (const [name, reads, many] of ${JSON.stringify(parameters)}) {
      if (!(name in given)) continue;
      const handle = reads ? handles.path : refused;
      held[name] = many ? given[name].map(() => handle) : handle;
    }
    try {
      JSON.stringify(await run(given, held));
      ended.returned += 1;
    } catch (error) {
      ended.threw += 1;
      if (ended.messages.length < 8) ended.messages.push(String(error?.message).slice(0, 200));
    }
  }
  return ended;
};
`;
};

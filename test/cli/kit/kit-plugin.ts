import { parseManifest } from '../../../core/broker/catalog/parse-manifest.ts';
import type { BuiltPlugin } from '../../../core/cli/kit/run-cases.ts';

/** A plugin of these texts, without a folder. The source is a body that defines `tools`, and `steps` where there are some. */
export const kitPlugin = (
  manifestText: string,
  body: string,
): Pick<BuiltPlugin, 'manifest' | 'manifestText' | 'source'> => ({
  manifest: parseManifest(manifestText, 'manifest.yaml'),
  manifestText,
  source: `globalThis.__plugin = (() => {\n${body}\nreturn { tools, steps: typeof steps === 'undefined' ? {} : steps };\n})();`,
});

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { scriptSource } from '../../core/cli/probe/script-source.ts';
import { PACKAGE_ROOT } from '../../core/vocabulary/package-root.ts';

/** The folder of the hostile scripts, one attack a file. */
const CORPUS = join(PACKAGE_ROOT, 'test/hazards/corpus');

/** The text of a script: of the corpus where `script` is a name in it, else the text itself. */
const scriptText = (script: string): string => {
  if (!/^\d{3}-[a-z0-9-]+$/.test(script)) return script;
  const file = join(CORPUS, `${script}.js`);
  if (!existsSync(file)) throw new Error(`no script ${script} in the corpus`);
  return readFileSync(file, 'utf8');
};

/**
 * A plugin that runs the script in the place of `summarize`. What the script returns comes out as JSON in
 * the summary's text, so that the step's closed output schema stands as it is; `asResult` gives out what
 * was returned as it was returned.
 */
export const hazardSource = (script: string, asResult: boolean): string => {
  const source = scriptSource(scriptText(script), 'attack');
  if (asResult) return `${source}\n__plugin.steps.summarize = __plugin.steps.attack;`;
  return `${source}
__plugin.steps.summarize = async (input, handles) => {
  const text = JSON.stringify(await __plugin.steps.attack(input, handles)) ?? 'null';
  return { text, sentences: [], sources: [], considered: 0, complete: true };
};`;
};

// The whole text is an attacker's. It is wrapped as text, so it can close a bracket and stand where it likes
// among the few lines around it: all of them run in the same isolate with the same nothing, so a breakout
// by text reaches nothing that the script could not reach from its place (attacks 32, 230). No text is
// looked through for what is forbidden, and nothing on this side ever evaluates it.

/**
 * Makes of a script the source of a plugin with one step, a function of `(input, handles)`. A module gives
 * its default export, called if it is a function; a bare body becomes the body of an async function. An
 * `import` stays as it stands: there is no module loader, so the isolate answers with a SyntaxError.
 */
export const scriptSource = (text: string, entry: string): string => {
  const body = text.replace(HASHBANG, '');
  return MODULE_LINE.test(body) ? moduleSource(body, entry) : bareSource(body, entry);
};

const HASHBANG = /^#!.*/;
// A line that only a module may hold; `import(…)` and `import.meta` are no such line.
const MODULE_LINE = /^(export\b|import\b(?!\s*[(.]))/m;

const step = (entry: string, fn: string): string =>
  `var __plugin = { steps: { [${JSON.stringify(entry)}]: ${fn} } };\n`;

const bareSource = (body: string, entry: string): string =>
  step(entry, `async function (input, handles) {\n${body}\n}`);

const moduleSource = (body: string, entry: string): string =>
  step(
    entry,
    `async (input, handles) => {
  const load = async () => {
    'use strict';
    let __default;
${bound(body)}
    return __default;
  };
  const value = await load();
  return typeof value === 'function' ? value(input, handles) : value;
}`,
  );

const DEFAULT_FUNCTION = /^export default ((?:async )?function\b[ *]*)([\w$]+)/gm;
const DEFAULT = /^export default\b/gm;
const DEFAULT_IN_LIST = /^export \{[^}]*?([\w$]+) as default\b[^}]*\};?$/gm;
const LIST = /^export \{[^}]*\};?$/gm;
const DECLARATION = /^export (?=(?:const|let|var|class|(?:async )?function)\b)/gm;

/** The default export bound to a name of ours; every other export loses the keyword. */
const bound = (body: string): string =>
  body
    .replace(
      DEFAULT_FUNCTION,
      (_, head: string, name: string) => `__default = ${name}; ${head}${name}`,
    )
    .replace(DEFAULT, '__default =')
    .replace(DEFAULT_IN_LIST, (_, name: string) => `__default = ${name};`)
    .replace(LIST, '')
    .replace(DECLARATION, '');

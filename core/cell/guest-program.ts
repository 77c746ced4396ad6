/** The modules of core/guest in the order in which they build on one another. */
const PROGRAM = [
  'primordials',
  'freeze-graph',
  'stand-in',
  'clock',
  'code-from-text',
  'plain-buffers',
  'permits',
  'intl-permits',
  'unnamed',
  'sweep',
  'intl',
  'escape-bytes',
  'load-library',
  'lazy-global',
  'log-lines',
  'console',
  'call-meter',
  'timers',
  'install-library',
  'harden',
  'prelude',
  'calls',
  'handles',
  'door',
] as const;

/** What the program compiles only when a step uses it. It captures the primordials once more. */
const LIBRARY = [
  'primordials',
  'freeze-graph',
  'brand',
  'show-value',
  'structured-clone',
  'latin1',
  'base64',
  'decode-utf8',
  'text-decoder',
  'text-encoder',
  'url-encode',
  'url-host',
  'url-record',
  'url-path',
  'url-authority',
  'url-parse',
  'url-setters',
  'url-form',
  'url-search-params',
  'url',
  'library',
] as const;

const IMPORT = /^import [^;]*;$/gm;
const EXPORT = /^export (?=(const|let|function) )/gm;
const EXPORT_LIST = /^export \{[^}]*\};$/gm;

/**
 * Links the guest's side of the boundary into one function body: isolated-vm runs it with the host's
 * function as `$0` and gets the door back. The modules are ours, compiled, with names unique among
 * them, so taking their import lines away links them; in one function none of the names is a global.
 */
export const linkGuestProgram = (read: (file: string) => string): string => {
  const link = (modules: readonly string[]): string =>
    modules
      .map((name) =>
        read(`${name}.js`).replace(IMPORT, '').replace(EXPORT_LIST, '').replace(EXPORT, ''),
      )
      .join('\n');
  const library = `(function (escapeBytes) {\n'use strict';\n${link(LIBRARY)}\nreturn library;\n})\n//# sourceURL=secai:library`;
  return `'use strict';\nconst libraryText = ${JSON.stringify(library)};\n${link(PROGRAM)}\nreturn door;`;
};

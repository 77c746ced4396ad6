/** The modules of core/guest in the order in which they build on one another. */
const MODULES = [
  'primordials',
  'freeze-graph',
  'stand-in',
  'clock',
  'code-from-text',
  'plain-buffers',
  'permits',
  'unnamed',
  'sweep',
  'harden',
  'intl-permits',
  'intl',
  'lazy-global',
  'brand',
  'show-value',
  'log-lines',
  'console',
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
  'call-meter',
  'timers',
  'library',
  'prelude',
  'calls',
  'handles',
  'door',
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
  const modules = MODULES.map((name) =>
    read(`${name}.js`).replace(IMPORT, '').replace(EXPORT_LIST, '').replace(EXPORT, ''),
  );
  return `'use strict';\n${modules.join('\n')}\nreturn door;`;
};

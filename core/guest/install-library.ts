import { console } from './console.ts';
import { makeIntl } from './intl.ts';
import { installGlobal, lazyGlobal } from './lazy-global.ts';
import type { LibraryGlobal } from './library.ts';
import { loadLibrary } from './load-library.ts';
import { clearTimeout, setTimeout } from './timers.ts';

const LIBRARY_GLOBALS: readonly LibraryGlobal[] = [
  'TextDecoder',
  'TextEncoder',
  'URL',
  'URLSearchParams',
  'atob',
  'btoa',
  'structuredClone',
];

/**
 * The small standard library that people miss in an isolate. It is the guest's own code, inside its
 * limits and its realm, and it adds no power (attack 231): all that leaves the isolate is the log, with
 * the result, and the delays that timers ask of the cell.
 */
export const installLibrary = (realm: ReadonlySet<object>): void => {
  installGlobal('console', console);
  installGlobal('setTimeout', setTimeout);
  installGlobal('clearTimeout', clearTimeout);
  lazyGlobal('Intl', () => makeIntl(realm));
  for (const name of LIBRARY_GLOBALS) {
    lazyGlobal(name, () => loadLibrary().globals[name]());
  }
};

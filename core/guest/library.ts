import { atob, btoa } from './base64.ts';
import { console } from './console.ts';
import { makeIntl } from './intl.ts';
import { installGlobal, lazyGlobal } from './lazy-global.ts';
import { structuredClone } from './structured-clone.ts';
import { makeTextDecoder } from './text-decoder.ts';
import { makeTextEncoder } from './text-encoder.ts';
import { clearTimeout, setTimeout } from './timers.ts';
import { urlClasses } from './url.ts';

/**
 * The small standard library that people miss in an isolate. It is the guest's own code, inside its
 * limits and its realm, and it adds no power (attack 231): all that leaves the isolate is the log, with
 * the result, and the delays that timers ask of the cell.
 */
export const installLibrary = (realm: ReadonlySet<object>): void => {
  for (const plain of [structuredClone, atob, btoa, setTimeout, clearTimeout]) {
    installGlobal(plain.name, plain);
  }
  installGlobal('console', console);
  lazyGlobal('Intl', () => makeIntl(realm));
  lazyGlobal('TextDecoder', makeTextDecoder);
  lazyGlobal('TextEncoder', makeTextEncoder);
  lazyGlobal('URL', () => urlClasses().URL);
  lazyGlobal('URLSearchParams', () => urlClasses().URLSearchParams);
};

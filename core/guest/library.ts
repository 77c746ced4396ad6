import { atob, btoa } from './base64.ts';
import { showValue } from './show-value.ts';
import { structuredClone } from './structured-clone.ts';
import { makeTextDecoder } from './text-decoder.ts';
import { makeTextEncoder } from './text-encoder.ts';
import { urlClasses } from './url.ts';

export type LibraryGlobal =
  | 'TextDecoder'
  | 'TextEncoder'
  | 'URL'
  | 'URLSearchParams'
  | 'atob'
  | 'btoa'
  | 'structuredClone';

/** What the library's text evaluates to. It is plain code of the guest's realm, and holds no door out. */
interface Library {
  readonly showValue: (value: unknown, mostLength: number) => string;
  readonly globals: { readonly [Name in LibraryGlobal]: () => object };
}

export const library: Library = {
  showValue,
  globals: {
    TextDecoder: makeTextDecoder,
    TextEncoder: makeTextEncoder,
    URL: () => urlClasses().URL,
    URLSearchParams: () => urlClasses().URLSearchParams,
    atob: () => atob,
    btoa: () => btoa,
    structuredClone: () => structuredClone,
  },
};

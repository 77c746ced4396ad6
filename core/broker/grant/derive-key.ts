import { hkdfSync } from 'node:crypto';

/** What a key is for. A key made for one purpose fits no other. */
export type KeyPurpose = 'grant' | 'step' | 'seal' | 'events' | 'catalog';

declare const purposeOf: unique symbol;
/** A 256-bit key for one purpose. */
export type SubKey<Purpose extends KeyPurpose> = Uint8Array & { readonly [purposeOf]: Purpose };

const KEY_BYTES = 32;

/** HKDF-SHA256 (RFC 5869) from the root key, the purpose in `info`. */
export const deriveKey = <Purpose extends KeyPurpose>(
  root: Uint8Array,
  purpose: Purpose,
): SubKey<Purpose> =>
  new Uint8Array(
    hkdfSync('sha256', root, '', `secai/key/${purpose}/v1`, KEY_BYTES),
  ) as SubKey<Purpose>;

import { createCipheriv, createDecipheriv } from 'node:crypto';
import { AgentError } from '../../../vocabulary/errors.ts';
import type { RandomBytes } from '../../../vocabulary/ids.ts';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Encrypts what rests on disk and refuses what was changed there. */
export interface Seal {
  /** @param context names the place of the bytes; they open nowhere else */
  close(plain: string, context: string): Uint8Array;
  /** @throws AgentError `store_unavailable` when the bytes or their place are not what was sealed */
  open(sealed: Uint8Array, context: string): string;
}

/** AES-256-GCM (NIST SP 800-38D) with a fresh 96-bit nonce for each message: nonce, text, tag. */
export const makeSeal = (key: Uint8Array, random: RandomBytes): Seal => ({
  close: (plain, context) => {
    const nonce = random(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context));
    const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, body, cipher.getAuthTag()]);
  },
  open: (sealed, context) => {
    try {
      const bytes = Buffer.from(sealed);
      const body = bytes.subarray(NONCE_BYTES, -TAG_BYTES);
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES), {
        authTagLength: TAG_BYTES,
      })
        .setAAD(Buffer.from(context))
        .setAuthTag(bytes.subarray(-TAG_BYTES));
      return decipher.update(body, undefined, 'utf8') + decipher.final('utf8');
    } catch (cause) {
      throw new AgentError({
        code: 'store_unavailable',
        message: `the sealed bytes of \`${context}\` were changed or belong to another key`,
        cause,
      });
    }
  },
});

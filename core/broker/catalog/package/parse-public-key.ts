import { createPublicKey, type KeyObject } from 'node:crypto';

export type KeyReading =
  | { readonly ok: true; readonly key: KeyObject }
  | { readonly ok: false; readonly problem: string };

// A private key parses as its public half without a word, so the text itself has to say what it is.
const PEM = /^-----BEGIN PUBLIC KEY-----\n[A-Za-z0-9+/=\n]+\n-----END PUBLIC KEY-----\n?$/;

/** An Ed25519 public key from SPKI in PEM, alone in its text (RFC 8410). */
export const parsePublicKey = (text: string): KeyReading => {
  if (/PRIVATE KEY/.test(text)) {
    return { ok: false, problem: 'holds a private key; keep it away from here and make a new one' };
  }
  if (!PEM.test(text)) return { ok: false, problem: 'is not one PEM public key' };
  try {
    const key = createPublicKey(text);
    return key.asymmetricKeyType === 'ed25519'
      ? { ok: true, key }
      : { ok: false, problem: 'is not an Ed25519 key' };
  } catch {
    return { ok: false, problem: 'is not one PEM public key' };
  }
};

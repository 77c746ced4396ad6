import type { Envelope } from './plugin-package.ts';

/** DSSE's one payload type for in-toto statements; nothing else is signed or read here. */
export const PAYLOAD_TYPE = 'application/vnd.in-toto+json' as const;

/**
 * PAE, the bytes that are signed: type and body with their lengths, so that no two pairs of them give the
 * same bytes (https://github.com/secure-systems-lab/dsse/blob/master/protocol.md).
 */
export const preAuthentication = (type: string, body: Uint8Array): Uint8Array => {
  const typeBytes = Buffer.from(type);
  return Buffer.concat([
    Buffer.from(`DSSEv1 ${typeBytes.length} `),
    typeBytes,
    Buffer.from(` ${body.length} `),
    body,
  ]);
};

/** What the keys of an envelope signed. */
export const signedBytes = ({ payloadType, payload }: Envelope): Uint8Array =>
  preAuthentication(payloadType, Buffer.from(payload, 'base64'));

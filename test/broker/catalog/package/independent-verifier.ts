import { createHash, type KeyObject, verify } from 'node:crypto';

/** What a second reader of the DSSE and in-toto texts finds in an envelope; shares no code with the program. */
export interface IndependentReading {
  readonly holds: boolean;
  readonly statement: {
    readonly _type: string;
    readonly subject: readonly {
      readonly name: string;
      readonly digest: { readonly sha256: string };
    }[];
    readonly predicateType: string;
    readonly predicate: Readonly<Record<string, unknown>>;
  };
}

export const readIndependently = (
  envelopeText: string,
  publicKeys: readonly KeyObject[],
): IndependentReading => {
  const {
    payloadType,
    payload,
    signatures,
  }: Record<string, never> & {
    payloadType: string;
    payload: string;
    signatures: readonly { keyid: string; sig: string }[];
  } = JSON.parse(envelopeText);
  const body = Buffer.from(payload, 'base64');
  const head = `DSSEv1 ${Buffer.byteLength(payloadType)} ${payloadType} ${body.length} `;
  const message = Buffer.concat([Buffer.from(head, 'utf8'), body]);
  const holds = signatures.every(({ keyid, sig }) => {
    const key = publicKeys.find(
      (candidate) =>
        createHash('sha256')
          .update(candidate.export({ type: 'spki', format: 'der' }))
          .digest('hex') === keyid,
    );
    return key !== undefined && verify(null, message, key, Buffer.from(sig, 'base64'));
  });
  return { holds, statement: JSON.parse(body.toString('utf8')) };
};

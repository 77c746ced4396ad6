import { randomBytes } from 'node:crypto';

/** A secret that nothing may give away, and where it lies. */
export interface Canary {
  readonly name: string;
  readonly secret: string;
}

export const makeCanary = (name: string): Canary => ({
  name,
  secret: `canary-${randomBytes(12).toString('hex')}`,
});

/** Names of the canaries whose secret stands in the text, as it is, backwards, in hex or in base64. */
export const canariesIn = (text: string, canaries: readonly Canary[]): readonly string[] =>
  canaries.filter(({ secret }) => formsOf(secret).some((form) => text.includes(form))).map(nameOf);

const nameOf = ({ name }: Canary): string => name;

const formsOf = (secret: string): readonly string[] => [
  secret,
  [...secret].reverse().join(''),
  Buffer.from(secret).toString('hex'),
  Buffer.from(secret).toString('base64').replace(/=*$/, ''),
  Buffer.from(secret).toString('base64url'),
];

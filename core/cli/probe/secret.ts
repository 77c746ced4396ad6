import { Buffer } from 'node:buffer';

/** Something that nothing may give away, and where it lies. */
export interface Secret {
  readonly canary: string;
  /** 32 hexadecimal digits, so that no text holds them by chance. */
  readonly text: string;
}

// What carries a secret out is the attacker's to choose. These are the forms that cost nothing to make; a
// cipher of its own would pass, as it would past any other watcher, so the places themselves are watched too.

/** Canaries whose secret stands in the text: as it is, split, backwards, as numbers, in hex or base64. */
export const secretsIn = (text: string, secrets: readonly Secret[]): readonly string[] => {
  const joined = joinedUp(text);
  const unbroken = text.replace(/\s+/g, '');
  return secrets
    .filter(
      ({ text: secret }) =>
        foldedForms(secret).some((form) => joined.includes(form)) ||
        base64Forms(secret).some((form) => unbroken.includes(form)),
    )
    .map(({ canary }) => canary);
};

/** Small letters and digits alone: what splits a secret with separators leaves it in one piece. */
const joinedUp = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]+/g, '');

const foldedForms = (secret: string): readonly string[] => {
  const bytes = Buffer.from(secret);
  return [
    secret,
    [...secret].reverse().join(''),
    bytes.toString('hex'),
    [...bytes].join(''),
    // as JSON writes a typed array
    [...bytes].flatMap((byte, index) => [index, byte]).join(''),
  ];
};

/** The signs that depend on the secret alone, wherever it begins among its neighbours. */
const base64Forms = (secret: string): readonly string[] =>
  [0, 1, 2].map((shift) => {
    const signs = Buffer.concat([Buffer.alloc(shift), Buffer.from(secret)]).toString('base64url');
    const whole = signs.slice(Math.ceil((shift * 8) / 6), -2);
    return whole;
  });

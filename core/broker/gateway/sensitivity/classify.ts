import type { Label } from '../../../vocabulary/enums.ts';
import { hasPaymentCard } from './payment-card.ts';

export type SensitiveKind = 'ssn' | 'email' | 'payment_card' | 'credential' | 'private_key';

export interface Classification {
  readonly label: Label;
  readonly kinds: readonly SensitiveKind[];
}

// This runs in the broker on text that a stranger wrote. Every pattern has bounded repetition and starts
// with something that a scan finds cheaply, so the time is linear in the text (attack 56).

/** 3-2-4 digits, each separated. Nine bare digits count only where the text says what they are. */
const SSN =
  /(?<!\d)\d{3}[-. ]\d{2}[-. ]\d{4}(?!\d)|(?:ssn|social security)[^\d\n]{0,32}\d{9}(?!\d)/i;
const EMAIL = /[A-Za-z0-9._%+-]@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,63}/;
const CREDENTIALS: readonly RegExp[] = [
  /(?:password|passwd|passphrase|secret|token|api[ _-]?key)["'`]?\s{0,8}[:=]\s{0,8}["'`]?[^\s"'`]/i,
  /bearer\s{1,4}[A-Za-z0-9._~+/=-]{16}/i,
  /(?:AKIA|ASIA)[0-9A-Z]{16}(?![0-9A-Z])/,
  /gh[oprsu]_[A-Za-z0-9]{36}/,
];
const PRIVATE_KEY = /-----BEGIN (?:[A-Z0-9]{1,16} ){0,4}PRIVATE KEY/;

/**
 * How sensitive a text is (wire contract section 10): no kind is low, one medium, two or more high, and
 * a private key alone is high. A heuristic: it finds what is written plainly.
 */
export const classify = (text: string): Classification => {
  // UTF-16 that was read as UTF-8 has a NUL beside each character.
  const visible = text.includes('\0') ? text.replaceAll('\0', '') : text;
  const kinds: SensitiveKind[] = [];
  if (SSN.test(visible)) kinds.push('ssn');
  if (EMAIL.test(visible)) kinds.push('email');
  if (hasPaymentCard(visible)) kinds.push('payment_card');
  if (CREDENTIALS.some((pattern) => pattern.test(visible))) kinds.push('credential');
  if (PRIVATE_KEY.test(visible)) kinds.push('private_key');
  return { label: labelOf(kinds), kinds };
};

/** The label that a set of kinds amounts to. */
export const labelOf = (kinds: readonly SensitiveKind[]): Label => {
  if (kinds.length >= 2 || kinds.includes('private_key')) return 'high';
  return kinds.length === 1 ? 'medium' : 'low';
};

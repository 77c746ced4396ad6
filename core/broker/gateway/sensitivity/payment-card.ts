const GROUP = /(?<!\d)\d{3,19}(?!\d)/g;
const FEWEST_DIGITS = 13;
const MOST_DIGITS = 19;
const MOST_GROUPS = 5;
/** No card is written with a shorter first group; ordinary numbers are. */
const FIRST_GROUP = 4;

/** Adjacent groups of digits that end at the same place, with their two possible Luhn sums. */
interface Window {
  readonly groups: number;
  readonly digits: number;
  /** The sum when digits at even places are doubled, and when those at odd places are. */
  readonly even: number;
  readonly odd: number;
}

/**
 * True when the text has a payment card number: 13 to 19 digits whose check digit is right (Luhn), in
 * one piece or in groups (four digits first, then three and more) with a single space or dash between,
 * beginning with 2 to 6 as card numbers do: so neither a time in milliseconds nor an ISBN is one.
 */
export const hasPaymentCard = (text: string): boolean => {
  let windows: readonly Window[] = [];
  let end = -1;
  for (const match of text.matchAll(GROUP)) {
    const group = match[0];
    const joined = match.index === end + 1 && (text[end] === ' ' || text[end] === '-');
    windows = extended(joined ? windows : [], group);
    if (windows.some(passesLuhn)) return true;
    end = match.index + group.length;
  }
  return false;
};

// Every window that ends with this group: each group is summed once, so the work stays linear.
const extended = (windows: readonly Window[], group: string): readonly Window[] => {
  const sums = luhnSums(group);
  const next: Window[] = [];
  for (const window of windows) {
    const digits = window.digits + group.length;
    if (digits > MOST_DIGITS || window.groups === MOST_GROUPS) continue;
    const shifted = window.digits % 2 === 1;
    next.push({
      groups: window.groups + 1,
      digits,
      even: window.even + (shifted ? sums.odd : sums.even),
      odd: window.odd + (shifted ? sums.even : sums.odd),
    });
  }
  const first = group.charCodeAt(0);
  if (first >= 0x32 && first <= 0x36 && group.length >= FIRST_GROUP)
    next.push({ groups: 1, digits: group.length, ...sums });
  return next;
};

const luhnSums = (digits: string): { readonly even: number; readonly odd: number } => {
  let even = 0;
  let odd = 0;
  for (let place = 0; place < digits.length; place += 1) {
    const digit = digits.charCodeAt(place) - 0x30;
    const doubled = digit > 4 ? digit * 2 - 9 : digit * 2;
    even += place % 2 === 0 ? doubled : digit;
    odd += place % 2 === 0 ? digit : doubled;
  }
  return { even, odd };
};

// The check digit is never doubled, so the doubled places have the parity of the length.
const passesLuhn = ({ digits, even, odd }: Window): boolean =>
  digits >= FEWEST_DIGITS && (digits % 2 === 0 ? even : odd) % 10 === 0;

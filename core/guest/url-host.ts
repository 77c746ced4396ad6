import { ENCODE_SETS, percentDecode, percentEncode } from './url-encode.ts';

const FORBIDDEN = /[\0\t\n\r #/:<>?@[\\\]^|]/;
const FORBIDDEN_IN_DOMAIN = /[\0-\x20#%/:<>?@[\\\]^|\x7f]/;

/**
 * The host parser (URL §3.5), serialised; null for a failure. A domain name beyond ASCII is one here: the
 * tables of IDNA are larger than all else in this isolate. An `xn--` label is taken as it is.
 */
export const parseHost = (text: string, special: boolean): string | null => {
  if (text.startsWith('[')) {
    const pieces = text.endsWith(']') ? parseIpv6(text.slice(1, -1)) : null;
    return pieces && `[${ipv6Text(pieces)}]`;
  }
  if (!special) return FORBIDDEN.test(text) ? null : percentEncode(text, ENCODE_SETS.control);
  const domain = percentDecode(text).toLowerCase();
  if (domain === '' || /[^\0-\x7f]/.test(domain + text) || FORBIDDEN_IN_DOMAIN.test(domain)) {
    return null;
  }
  return endsInNumber(domain) ? parseIpv4(domain) : domain;
};

const endsInNumber = (domain: string): boolean => {
  const parts = domain.split('.');
  if (parts.at(-1) === '' && parts.length > 1) parts.pop();
  const last = parts.at(-1) ?? '';
  return /^[0-9]+$/.test(last) || /^0x[0-9a-f]*$/.test(last);
};

const parseIpv4 = (domain: string): string | null => {
  const parts = domain.split('.');
  if (parts.at(-1) === '' && parts.length > 1) parts.pop();
  if (parts.length > 4) return null;
  let address = 0;
  for (const [index, part] of parts.entries()) {
    const number = ipv4Number(part);
    const isLast = index === parts.length - 1;
    if (number === null || number >= (isLast ? 256 ** (4 - index) : 256)) return null;
    address += isLast ? number : number * 256 ** (3 - index);
  }
  const bytes = [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256);
  return bytes.join('.');
};

const ipv4Number = (part: string): number | null => {
  if (/^0x[0-9a-f]*$/.test(part)) return part === '0x' ? 0 : Number(part);
  if (/^0[0-7]*$/.test(part)) return Number.parseInt(part, 8);
  return /^[1-9][0-9]*$/.test(part) ? Number(part) : null;
};

const parseIpv6 = (text: string): readonly number[] | null => {
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const [head, tail = []] = halves.map((half, index) =>
    piecesOf(half, index === halves.length - 1),
  );
  if (!head || !tail) return null;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1) return missing === 0 ? head : null;
  return missing < 1 ? null : [...head, ...new Array<number>(missing).fill(0), ...tail];
};

const piecesOf = (text: string, mayEndInIpv4: boolean): readonly number[] | null => {
  if (text === '') return [];
  const words = text.split(':');
  const pieces: number[] = [];
  for (const [index, word] of words.entries()) {
    if (mayEndInIpv4 && index === words.length - 1 && word.includes('.')) {
      const bytes = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(word)?.slice(1);
      if (!bytes?.every((byte) => /^(0|[1-9]\d*)$/.test(byte) && Number(byte) < 256)) return null;
      const [a = 0, b = 0, c = 0, d = 0] = bytes.map(Number);
      pieces.push(a * 256 + b, c * 256 + d);
    } else if (/^[0-9a-f]{1,4}$/i.test(word)) pieces.push(Number.parseInt(word, 16));
    else return null;
  }
  return pieces;
};

/** Short form: the first longest run of two or more zeros becomes `::`. */
const ipv6Text = (pieces: readonly number[]): string => {
  let start = 0;
  let longest = 1;
  for (let from = 0; from < 8; from += 1) {
    let to = from;
    while (pieces[to] === 0) to += 1;
    if (to - from > longest) [start, longest] = [from, to - from];
  }
  const hex = pieces.map((piece) => piece.toString(16));
  if (longest === 1) return hex.join(':');
  return `${hex.slice(0, start).join(':')}::${hex.slice(start + longest).join(':')}`;
};

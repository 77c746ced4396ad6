/** The percent-encode sets (URL §1.3), each as what it adds to printable ASCII that is always encoded. */
const QUERY = ' "#<>';
const PATH = `${QUERY}?^\`{}`;
const USERINFO = `${PATH}/:;=@[\\]|`;
export const ENCODE_SETS = {
  control: '',
  fragment: ' "<>`',
  query: QUERY,
  specialQuery: `${QUERY}'`,
  path: PATH,
  userinfo: USERINFO,
} as const;

/** UTF-8 percent-encodes what is beyond printable ASCII or in the set. Of well-formed text. */
export const percentEncode = (text: string, set: string): string => {
  let encoded = '';
  for (const character of text) {
    if (character > '~') encoded += encodeURIComponent(character);
    else if (character < ' ' || set.includes(character)) encoded += escapeByte(character);
    else encoded += character;
  }
  return encoded;
};

// `~` is the last printable character; DEL is above it, and encodeURIComponent encodes that too.
const escapeByte = (character: string): string => {
  const hex = character.charCodeAt(0).toString(16).toUpperCase();
  return hex.length === 1 ? `%0${hex}` : `%${hex}`;
};

/** Each `%XX` as the character with that number: bytes, not yet text. */
export const percentDecode = (text: string): string =>
  text.replace(/%[0-9a-f]{2}/gi, (escaped) =>
    String.fromCharCode(Number.parseInt(escaped.slice(1), 16)),
  );

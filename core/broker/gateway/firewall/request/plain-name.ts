const MOST_BYTES = 256;
const BLANK_AROUND = /^\p{White_Space}|\p{White_Space}$/u;

/** True for a name of a tool or of an argument: not empty, no blank around it, no control character. */
export const isPlainName = (name: string): boolean =>
  name !== '' &&
  Buffer.byteLength(name) <= MOST_BYTES &&
  !BLANK_AROUND.test(name) &&
  !/\p{Cc}/u.test(name);

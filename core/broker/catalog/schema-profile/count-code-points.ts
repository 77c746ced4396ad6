/** The length of a text as JSON Schema counts it; counting stops at `limit`. */
export const countCodePoints = (text: string, limit: number): number => {
  let count = 0;
  for (let at = 0; at < text.length && count < limit; count += 1) {
    at += isPair(text, at) ? 2 : 1;
  }
  return count;
};

const isPair = (text: string, at: number): boolean => {
  const high = text.charCodeAt(at);
  if (high < 0xd800 || high > 0xdbff) return false;
  const low = text.charCodeAt(at + 1);
  return low >= 0xdc00 && low <= 0xdfff;
};

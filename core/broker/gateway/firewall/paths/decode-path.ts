export type PathReading =
  | { readonly ok: true; readonly path: string }
  | { readonly ok: false; readonly problem: string };

const MOST_ROUNDS = 2;
// Slashes, backslashes and full stops that are others, and what a broken byte becomes.
const LOOK_ALIKE = /[\u2044\u2215\u2216\u29f8\uff0e\uff0f\uff3c\ufffd\p{Mn}\p{Me}]/u;

/**
 * A path argument as the peer reads it: percent-encoding taken off up to twice, absolute, cleaned by its text
 * (wire contract section 32.18). This is not what the kernel would open, so the verdict is one gate of two.
 */
export const decodePath = (raw: string): PathReading => {
  if (raw.includes('\0')) return problem('path contains null byte');
  let bytes: Buffer = Buffer.from(raw);
  for (let round = 0; ; round += 1) {
    const next = unescaped(bytes);
    if (next === undefined) return problem('path contains invalid percent-encoding');
    if (next.equals(bytes)) break;
    if (next.includes(0)) return problem('path contains null byte');
    if (round === MOST_ROUNDS) return problem('path is percent-encoded too deeply');
    bytes = next;
  }
  const path = bytes.toString('utf8');
  if (LOOK_ALIKE.test(path)) return problem('path contains unicode path confusable');
  if (!path.startsWith('/')) return problem('path must be absolute');
  return { ok: true, path: cleanPath(path) };
};

/** Takes `.`, `..` and doubled slashes out of an absolute path, by its text alone. */
export const cleanPath = (path: string): string => {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
};

const unescaped = (bytes: Buffer): Buffer | undefined => {
  const text = bytes.toString('latin1');
  if (/%(?![0-9a-fA-F]{2})/.test(text)) return undefined;
  return Buffer.from(
    text.replace(/%(..)/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );
};

const problem = (text: string): PathReading => ({ ok: false, problem: text });

// A path arrives in many spellings. It is decoded once, here, before the router and the authentication look
// at it, so that both see the same thing; nothing is normalised: `.`, `..` and empty segments stay what they
// are and match no route (wire contract section 32.6, attack 175).

/**
 * The canonical spelling of a request target: every segment decoded once and encoded again, the query kept.
 * Total: broken escapes and broken UTF-8 become what no route is named, never an error.
 */
export const canonicalTarget = (target: string): string => {
  const mark = target.indexOf('?');
  const path = mark === -1 ? target : target.slice(0, mark);
  const query = mark === -1 ? '' : target.slice(mark);
  const rooted = path.startsWith('/') ? path : `/${path}`;
  return decodePath(rooted).split('/').map(encodeURIComponent).join('/') + query;
};

/** The path of a canonical target. */
export const pathOf = (target: string): string => target.split('?', 1)[0] ?? '';

const decodePath = (path: string): string =>
  path.replace(/(?:%[0-9a-fA-F]{2})+/g, (escapes) =>
    Buffer.from(escapes.replaceAll('%', ''), 'hex').toString('utf8'),
  );

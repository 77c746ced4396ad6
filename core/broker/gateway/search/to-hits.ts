import type { FoundFile } from './folder-index.ts';
import type { SearchHit } from './search-answer.ts';

/**
 * The hits that fit into an answer of so many bytes of JSON: first every hit by itself, the best ranked
 * first, then their passages as far as the space goes.
 */
export const toHits = (found: readonly FoundFile[], mostBytes: number): readonly SearchHit[] => {
  let left = mostBytes;
  const take = (value: object): boolean => {
    const bytes = Buffer.byteLength(JSON.stringify(value)) + 1;
    if (bytes > left) return false;
    left -= bytes;
    return true;
  };
  const bare = found.map(({ display, score, label }) => ({
    path: display,
    score: Math.round(score * 1e6) / 1e6,
    label,
    passages: [],
  }));
  const none = bare.findIndex((hit) => !take(hit));
  return bare.slice(0, none === -1 ? bare.length : none).map((hit, i) => ({
    ...hit,
    passages: found[i]?.passages.filter(take) ?? [],
  }));
};

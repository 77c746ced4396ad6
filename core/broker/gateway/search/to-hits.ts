import type { FoundFile } from './folder-index.ts';
import type { SearchHit } from './search-answer.ts';

/**
 * The hits that fit into an answer of so many bytes of JSON. Where the space ends a hit comes without its
 * passages, and hits that do not fit even so are left off, the worst ranked first.
 */
export const toHits = (found: readonly FoundFile[], mostBytes: number): readonly SearchHit[] => {
  const hits: SearchHit[] = [];
  let left = mostBytes;
  for (const file of found) {
    const whole = {
      path: file.display,
      score: Math.round(file.score * 1e6) / 1e6,
      label: file.label,
      passages: file.passages,
    };
    const fitting = [whole, { ...whole, passages: [] }].find((hit) => jsonBytes(hit) <= left);
    if (fitting === undefined) break;
    left -= jsonBytes(fitting);
    hits.push(fitting);
  }
  return hits;
};

const jsonBytes = (hit: SearchHit): number => Buffer.byteLength(JSON.stringify(hit)) + 1;

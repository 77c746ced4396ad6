import type { Hit, SearchHandle } from '../plugin-types.ts';
import type { Steps } from './types.d.ts';

interface SearchInput {
  readonly query: string;
  readonly limit?: number;
}

interface SearchOutput {
  readonly query: string;
  readonly hits: readonly Hit[];
  readonly searched: number;
  readonly left_out: number;
  readonly skipped: number;
  /** Why nothing was searched. */
  readonly reason?: string;
}

const USUAL_LIMIT = 10;

const localSearch = async (
  { query, limit = USUAL_LIMIT }: SearchInput,
  { path: folder }: { readonly path: SearchHandle },
): Promise<SearchOutput> => {
  const answer = await folder.search({ text: query, limit });
  const { searched, left_out, skipped, reason } = answer;
  const found = { query, hits: answer.hits.map(publicHit), searched, left_out, skipped };
  return reason === null ? found : { ...found, reason };
};

// Four decimals: what is finer has no portable printed form, and a result must have one.
const publicHit = ({ path, score, passages }: Hit): Hit => ({
  path,
  score: Math.round(score * 1e4) / 1e4,
  passages: passages.map(({ first_line, last_line, text }) => ({ first_line, last_line, text })),
});

export const steps: Steps = { local_search: localSearch };

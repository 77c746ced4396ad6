import type { Hit, SearchHandle } from '../plugin-types.ts';

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
}

const USUAL_LIMIT = 10;

const localSearch = async (
  { query, limit = USUAL_LIMIT }: SearchInput,
  { path: folder }: { readonly path: SearchHandle },
): Promise<SearchOutput> => {
  const { hits, searched, left_out, skipped } = await folder.search({ text: query, limit });
  return { query, hits: hits.map(publicHit), searched, left_out, skipped };
};

// Four decimals: what is finer has no portable printed form, and a result must have one.
const publicHit = ({ path, score, passages }: Hit): Hit => ({
  path,
  score: Math.round(score * 1e4) / 1e4,
  passages: passages.map(({ first_line, last_line, text }) => ({ first_line, last_line, text })),
});

export const steps = { local_search: localSearch };

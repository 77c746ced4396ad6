import { highestLabel } from '../../../vocabulary/enums.ts';
import { AgentError } from '../../../vocabulary/errors.ts';
import type { Log } from '../../../vocabulary/log.ts';
import type { AccessScope, FileResource } from '../../../vocabulary/resource.ts';
import type { FolderWalk } from '../storage/walk.ts';
import { IndexLost, makeIndexClient, type SearchIndexPower } from './index-client.ts';
import { makeOpenIndexes } from './open-indexes.ts';
import { queryTerms } from './query-terms.ts';
import type { SearchAnswer } from './search-answer.ts';
import { SEARCH_LIMITS, type SearchLimits } from './search-limits.ts';
import { toHits } from './to-hits.ts';

export interface SearchGateway {
  /**
   * The files of a folder that hold any word of `text`, best first, with passages to cite.
   * @throws AgentError storage_failed (retryable) when the index is lost twice; input_invalid for a bad limit
   */
  search(
    resource: FileResource,
    access: AccessScope,
    args: { text: string; limit: number },
    signal: AbortSignal,
  ): Promise<SearchAnswer>;
  close(): Promise<void>;
}

const NOTHING: SearchAnswer = {
  hits: [],
  searched: 0,
  left_out: 0,
  skipped: 0,
  label: 'low',
  reason: 'the text holds no word to search for',
};

/** Search over an index in memory (architecture, "At rest"), brought up to date before each answer. */
export const makeSearchGateway = (deps: {
  walk: FolderWalk;
  index: SearchIndexPower;
  log: Log;
  limits?: SearchLimits;
}): SearchGateway => {
  const limits = deps.limits ?? SEARCH_LIMITS;
  const { log } = deps;
  const client = makeIndexClient({ power: deps.index, log, requestMs: limits.requestMs });
  const indexes = makeOpenIndexes(deps.walk, client, limits);

  const searchOnce = (
    resource: FileResource,
    access: AccessScope,
    terms: readonly string[],
    limit: number,
    signal: AbortSignal,
  ): Promise<SearchAnswer> =>
    indexes.use(resource, access, async (open) => {
      try {
        await open.refresh.join(signal);
        const found = await open.index.find(terms, limit);
        signal.throwIfAborted();
        const hits = toHits(found, limits.answerBytes);
        const label = highestLabel(...hits.map((hit) => hit.label));
        return { hits, ...open.index.counts(), label, reason: null };
      } catch (error) {
        if (error instanceof IndexLost) indexes.abandon(open);
        throw error;
      }
    });

  return Object.freeze({
    search: async (
      resource: FileResource,
      access: AccessScope,
      args: { text: string; limit: number },
      signal: AbortSignal,
    ) => {
      signal.throwIfAborted();
      const terms = queryTerms(args.text);
      const limit = hitLimit(args.limit, limits.hits);
      if (terms.length === 0) return NOTHING;
      try {
        return await searchOnce(resource, access, terms, limit, signal);
      } catch (error) {
        // The thread may have ended under another search's files; an index built anew answers this one.
        if (!(error instanceof IndexLost)) throw error;
        log.warn({ reason: error.message }, 'search index is built again');
      }
      try {
        return await searchOnce(resource, access, terms, limit, signal);
      } catch (error) {
        if (!(error instanceof IndexLost)) throw error;
        const message = 'search index failed';
        throw new AgentError({ code: 'storage_failed', message, cause: error });
      }
    },
    close: () => client.close(),
  });
};

const hitLimit = (limit: number, most: number): number => {
  if (!Number.isInteger(limit) || limit < 1)
    throw new AgentError({
      code: 'input_invalid',
      message: `expected a limit from 1 to ${most}, got \`${limit}\``,
    });
  return Math.min(limit, most);
};

import assert from 'node:assert/strict';
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { queryTerms } from '../../core/broker/gateway/search/query-terms.ts';
import { makeSearchGateway } from '../../core/broker/gateway/search/search-gateway.ts';
import { makeSearchWorkerPowers } from '../../core/broker/main/powers/search-worker.ts';
import { silentLog } from '../broker/gateway/search/silent-log.ts';
import { openStorageFolders } from '../broker/gateway/search/storage-folders.ts';
import { folderResource, scopeOf } from '../broker/gateway/search/temp-folder-walk.ts';

const FOLDER = '/usr/share/common-licenses';

const QUERIES = [
  'patent',
  'patents infringement claim',
  'warranty',
  'merchantability fitness',
  'invariant sections',
  'copyleft',
  'public domain dedication',
  'trademark',
  'source code corresponding',
  'termination of rights',
  'contributor grant',
  'secondary license',
  'arbitration',
  'artistic package',
  'library linking',
  'export control',
  'university of california regents',
  'anti-circumvention measures',
  'cover texts',
  'jurisdiction courts litigation',
];

// BM25 without FTS5: k1 1.2, b 0.75, FTS5's IDF, unicode61 tokens, ties by path.
const tokensOf = (text: string): string[] =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? [];
const documents = readdirSync(FOLDER)
  .filter((name) => lstatSync(join(FOLDER, name)).isFile())
  .map((name) => {
    const tokens = tokensOf(`${name} ${readFileSync(join(FOLDER, name), 'utf8')}`);
    const counts = new Map<string, number>();
    for (const token of tokens) counts.set(token, (counts.get(token) ?? 0) + 1);
    return { name, counts, length: tokens.length };
  });
const average = documents.reduce((sum, { length }) => sum + length, 0) / documents.length;
const idf = (term: string): number => {
  const n = documents.filter(({ counts }) => counts.has(term)).length;
  const value = Math.log((documents.length - n + 0.5) / (n + 0.5));
  return value <= 0 ? 1e-6 : value;
};
const topFive = (terms: readonly string[]): string[] =>
  documents
    .map(({ name, counts, length }) => {
      const parts = terms.map((term) => {
        const f = counts.get(term) ?? 0;
        return (idf(term) * f * 2.2) / (f + 1.2 * (0.25 + (0.75 * length) / average));
      });
      return { name, score: parts.reduce((sum, part) => sum + part, 0) };
    })
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || (a.name < b.name ? -1 : 1))
    .slice(0, 5)
    .map(({ name }) => `work/${name}`);

const storage = await openStorageFolders([FOLDER]);
const gateway = makeSearchGateway({
  walk: storage.folders,
  index: makeSearchWorkerPowers(),
  log: silentLog,
});
after(async () => {
  await gateway.close();
  await storage.close();
});

const found = async (text: string): Promise<readonly string[]> => {
  const signal = AbortSignal.timeout(30_000);
  const args = { text, limit: 5 };
  const { hits } = await gateway.search(folderResource(FOLDER), scopeOf(FOLDER), args, signal);
  return hits.map(({ path }) => path);
};

test('search.ranking: 20 queries over the licences have the top five files of a BM25 without FTS5', async () => {
  assert.equal(QUERIES.length, 20);
  for (const text of QUERIES) assert.deepEqual(await found(text), topFive(queryTerms(text)), text);
});

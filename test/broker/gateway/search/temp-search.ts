import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, beforeEach } from 'node:test';
import type { SearchAnswer } from '../../../../core/broker/gateway/search/search-answer.ts';
import {
  makeSearchGateway,
  type SearchGateway,
} from '../../../../core/broker/gateway/search/search-gateway.ts';
import {
  SEARCH_LIMITS,
  type SearchLimits,
} from '../../../../core/broker/gateway/search/search-limits.ts';
import type { Label } from '../../../../core/vocabulary/enums.ts';
import { silentLog } from './silent-log.ts';
import {
  type CountingWalk,
  folderResource,
  makeTempFolderWalk,
  scopeOf,
} from './temp-folder-walk.ts';
import { makeWatchedPower, type WatchedPower } from './watched-power.ts';

interface Wishes {
  readonly ceiling?: Label;
  readonly below?: string;
  readonly limit?: number;
}

interface Started {
  readonly gateway: SearchGateway;
  readonly walk: CountingWalk;
  readonly power: WatchedPower;
  search(text: string, wishes?: Wishes): Promise<SearchAnswer>;
  paths(text: string, wishes?: Wishes): Promise<readonly string[]>;
}

interface TempSearch {
  /** The folder of the running test: each test has a new one. */
  readonly root: string;
  write(name: string, text: string): Promise<void>;
  start(limits?: Partial<SearchLimits>, walk?: CountingWalk): Started;
}

/** Real gateways with real threads over temporary folders; all of it goes after the file's tests. */
export const makeTempSearch = (): TempSearch => {
  const made: string[] = [];
  const opened: SearchGateway[] = [];
  let root = '';
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'search-'));
    made.push(root);
  });
  after(async () => {
    for (const gateway of opened) await gateway.close();
    for (const folder of made) await rm(folder, { recursive: true });
  });

  return {
    get root() {
      return root;
    },
    write: (name, text) => writeFile(join(root, name), text),
    start: (limits = {}, walk = makeTempFolderWalk()) => {
      const power = makeWatchedPower();
      const all = { ...SEARCH_LIMITS, ...limits };
      const gateway = makeSearchGateway({ walk, index: power, log: silentLog, limits: all });
      opened.push(gateway);
      const search = (text: string, { ceiling, below, limit = 10 }: Wishes = {}) =>
        gateway.search(
          folderResource(root, below),
          scopeOf(root, ceiling),
          { text, limit },
          AbortSignal.timeout(30_000),
        );
      const paths = async (text: string, wishes?: Wishes) =>
        (await search(text, wishes)).hits.map(({ path }) => path);
      return { gateway, walk, power, search, paths };
    },
  };
};

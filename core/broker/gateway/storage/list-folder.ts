import { exceedsCeiling, type Label } from '../../../vocabulary/enums.ts';
import { AgentError } from '../../../vocabulary/errors.ts';
import type { BlockGuard } from './blocklist.ts';
import { lookAt, shownNames } from './folder-entries.ts';
import type { LabelCache } from './label-cache.ts';
import { READ_LIMIT, readLabelled } from './labelled-file.ts';
import { type BeneathOpener, HOW, type Opened, requireFile } from './open-beneath.ts';
import type { FileFacts, StorageFilePowers } from './storage-powers.ts';
import { asRefusal } from './unavailable.ts';

export interface ListEntry {
  readonly name: string;
  readonly kind: 'file' | 'folder';
  readonly size: number;
}

export interface Listing {
  readonly entries: readonly ListEntry[];
  /** Files of this page that lie above the ceiling: counted, not named. */
  readonly left_out: number;
  /** Gives the next page; null at the end. */
  readonly cursor: string | null;
}

/** Wire contract section 10. */
const PAGE = 200;

interface ListDeps {
  readonly opener: BeneathOpener;
  readonly files: StorageFilePowers;
  readonly labels: LabelCache;
}

/**
 * One page of an open folder, by name. The cursor is a place in the order, so that it names no file that
 * was left out, and the gateway keeps nothing between two pages.
 */
export const listFolder = async (
  { opener, files, labels }: ListDeps,
  folder: Opened,
  { absolute, ceiling, cursor }: { absolute: string; ceiling: Label; cursor?: string | undefined },
  guard: BlockGuard,
): Promise<Listing> => {
  const names = await shownNames(folder, absolute, guard, files);
  const start = cursor === undefined ? 0 : placeOf(cursor);
  const page = names.slice(start, start + PAGE);
  const entries: ListEntry[] = [];
  let leftOut = 0;
  for (const name of page) {
    const facts = lookAt(folder, name, guard, opener);
    if (facts === undefined) continue;
    if (facts.kind === 'folder') {
      entries.push({ name, kind: 'folder', size: 0 });
      continue;
    }
    const label = await labelOf({ opener, files, labels }, folder, { name, facts, ceiling }, guard);
    if (label === undefined) continue;
    if (exceedsCeiling(label, ceiling)) leftOut += 1;
    else entries.push({ name, kind: 'file', size: facts.size });
  }
  const next = start + PAGE;
  return { entries, left_out: leftOut, cursor: next < names.length ? String(next) : null };
};

const placeOf = (cursor: string): number => {
  if (!/^[1-9]\d{0,5}$/.test(cursor))
    throw new AgentError({
      code: 'input_invalid',
      message: 'expected a cursor of an earlier page',
    });
  return Number(cursor);
};

/** Undefined for a file that is gone. What is too large to classify counts as high: fail closed. */
const labelOf = async (
  { opener, files, labels }: ListDeps,
  folder: Opened,
  { name, facts, ceiling }: { name: string; facts: FileFacts; ceiling: Label },
  guard: BlockGuard,
): Promise<Label | undefined> => {
  // Nothing exceeds the highest ceiling, so nothing needs to be read.
  if (ceiling === 'high' || facts.size > READ_LIMIT) return 'high';
  const known = labels.get(facts.version);
  if (known !== undefined) return known;
  try {
    using file = requireFile(opener.openIn(folder, name, HOW.readFile, guard));
    const { label } = await readLabelled(file, files);
    labels.set(file.facts.version, label);
    return label;
  } catch (thrown) {
    const refusal = asRefusal('file', thrown);
    if (refusal.code === 'not_available') return undefined;
    if (refusal.code === 'too_large') return 'high';
    throw refusal;
  }
};

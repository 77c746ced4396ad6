import type { AuditFilePowers } from './audit-file-powers.ts';
import type { AuditPosition } from './audit-log.ts';
import { checkLine, GENESIS } from './entry.ts';
import { readLines } from './line-stream.ts';

/** Where a walk along the chain stands: behind `entry`, at a byte and line of one file. */
export interface ChainPlace extends AuditPosition {
  /** Index into the list of files. */
  readonly file: number;
  readonly offset: number;
  /** Lines of this file behind us. */
  readonly line: number;
  readonly timestamp: string;
}

export interface ChainBreak {
  readonly ok: false;
  readonly file: string;
  /** Counted from 1; null where the file as a whole is wrong. */
  readonly line: number | null;
  readonly detail: string;
  /** Whole entries before it. */
  readonly entries: number;
}

export type Walk =
  | {
      readonly ok: true;
      readonly end: ChainPlace;
      /** What stands behind the last line break of the last file. */
      readonly torn: string;
      /** True when the chain holds the entry that the mark names. */
      readonly met: boolean;
    }
  | ChainBreak;

export interface WalkRequest {
  readonly files: AuditFilePowers;
  readonly key: Uint8Array;
  /** Archives first, then the current file. */
  readonly paths: readonly string[];
  readonly from: ChainPlace;
  /** Where the last file is taken to end; without it, where it ends when it is opened. */
  readonly until?: number;
  /** The chain must pass through this position. */
  readonly mark?: AuditPosition;
  readonly onProgress?: (bytes: number) => void;
  readonly stopped?: () => boolean;
}

/** The place before the first entry of the first file. */
export const CHAIN_START: ChainPlace = {
  entry: 0,
  hash: GENESIS,
  file: 0,
  offset: 0,
  line: 0,
  timestamp: '',
};

/** Checks entry after entry, file after file: hash, link to the entry before, and the mark. */
export const walkChain = async (request: WalkRequest): Promise<Walk> => {
  const { paths, mark } = request;
  let place = request.from;
  let met = mark !== undefined && samePosition(place, mark);
  let torn = '';
  for (let file = place.file; file < paths.length; file += 1) {
    if (file > place.file) place = { ...place, file, offset: 0, line: 0 };
    const walk = await walkFile(request, place);
    if (!walk.ok) return walk;
    if (walk.torn !== '' && file < paths.length - 1) {
      return broken(request, walk.end, walk.end.line + 1, 'an archive ends inside a line');
    }
    place = walk.end;
    torn = walk.torn;
    met ||= walk.met;
  }
  return { ok: true, end: place, torn, met };
};

const walkFile = async (request: WalkRequest, from: ChainPlace): Promise<Walk> => {
  const { files, paths, onProgress, stopped } = request;
  const path = paths[from.file] ?? '';
  const isLast = from.file === paths.length - 1;
  const handle = await files.openRead(path);
  if (handle === undefined) {
    // A missing current file is an empty one here; whether it may be empty, the checkpoint decides.
    if (isLast) return { ok: true, end: from, torn: '', met: false };
    return broken(request, from, null, 'the archive is gone');
  }
  try {
    let place = from;
    let met = false;
    const until = isLast ? (request.until ?? handle.size) : handle.size;
    for await (const part of readLines(handle, from.offset, until)) {
      if (part.kind === 'too_long') {
        return broken(request, place, place.line + 1, 'longer than 1 MiB');
      }
      if (part.kind === 'rest') return { ok: true, end: place, torn: part.text, met };
      const start = place.offset;
      for (const line of part.lines) {
        const next = step(request, place, line);
        if (!next.ok) return next;
        place = next.end;
        met ||= next.met;
      }
      onProgress?.(place.offset - start);
      if (stopped?.() === true) return { ok: true, end: place, torn: '', met };
    }
    return { ok: true, end: place, torn: '', met };
  } finally {
    await handle.close();
  }
};

const step = (request: WalkRequest, place: ChainPlace, line: string): Walk => {
  const { key, mark } = request;
  const checked = checkLine(key, line, place.hash);
  if (!checked.ok) return broken(request, place, place.line + 1, checked.detail);
  const end: ChainPlace = {
    file: place.file,
    entry: place.entry + 1,
    hash: checked.hash,
    offset: place.offset + line.length + 1,
    line: place.line + 1,
    timestamp: checked.timestamp,
  };
  if (mark?.entry !== end.entry) return { ok: true, end, torn: '', met: false };
  return mark.hash === end.hash
    ? { ok: true, end, torn: '', met: true }
    : broken(request, place, end.line, 'is not the entry that the checkpoint names');
};

const broken = (
  request: WalkRequest,
  place: ChainPlace,
  line: number | null,
  detail: string,
): ChainBreak => ({
  ok: false,
  file: request.paths[place.file] ?? '',
  line,
  detail,
  entries: place.entry,
});

const samePosition = (a: AuditPosition, b: AuditPosition): boolean =>
  a.entry === b.entry && a.hash === b.hash;

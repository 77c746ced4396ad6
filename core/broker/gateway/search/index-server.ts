import { type FullTextIndex, makeFullTextIndex, type OpenDatabase } from './full-text-index.ts';
import type { FoundRow, IndexCall, IndexReply, IndexRequest } from './index-messages.ts';

/** The index thread's whole behaviour: one request in, one reply out, an error is a reply. */
export const makeIndexServer = (openDatabase: OpenDatabase): ((r: IndexRequest) => IndexReply) => {
  const indexes = new Map<number, FullTextIndex>();

  const existing = (id: number): FullTextIndex => {
    const index = indexes.get(id);
    if (index === undefined) throw new Error('no such index');
    return index;
  };

  const perform = (call: IndexCall): readonly FoundRow[] => {
    switch (call.kind) {
      case 'open':
        indexes.set(call.index, makeFullTextIndex(openDatabase));
        return [];
      case 'change':
        existing(call.index).change(call.drop, call.put);
        return [];
      case 'find':
        return existing(call.index).find(call.terms, call.limit);
      case 'close':
        indexes.get(call.index)?.close();
        indexes.delete(call.index);
        return [];
      default:
        return call satisfies never;
    }
  };

  return ({ id, call }) => {
    try {
      return { id, kind: 'done', found: perform(call) };
    } catch (error) {
      return { id, kind: 'failed', error: error instanceof Error ? error.message : 'failed' };
    }
  };
};

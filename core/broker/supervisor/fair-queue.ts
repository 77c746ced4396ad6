/** What waits, by whom it waits for: first come first served within one key, and the keys in turn. */
export interface FairQueue<Key, Item> {
  add(key: Key, item: Item): void;
  remove(key: Key, item: Item): void;
  /** Takes out the first item that fits, of the key whose turn it is. */
  take(fits: (item: Item) => boolean): Item | undefined;
  /** Takes out all that waits under this key. */
  takeAll(key: Key): readonly Item[];
  /** All of it, in the order in which it would be taken. */
  inTurn(): readonly Item[];
}

/**
 * A queue in which a thousand items of one key delay another key by one item (attack 65): a key that was
 * served goes behind all others.
 */
export const makeFairQueue = <Key, Item>(): FairQueue<Key, Item> => {
  // A Map keeps the order of insertion; the first key is the one whose turn it is.
  const lanes = new Map<Key, Set<Item>>();

  const remove = (key: Key, item: Item): void => {
    const lane = lanes.get(key);
    lane?.delete(item);
    if (lane?.size === 0) lanes.delete(key);
  };
  const find = (
    fits: (item: Item) => boolean,
  ): { readonly key: Key; readonly item: Item } | undefined => {
    for (const [key, lane] of lanes) {
      for (const item of lane) if (fits(item)) return { key, item };
    }
    return undefined;
  };

  return Object.freeze<FairQueue<Key, Item>>({
    add: (key, item) => {
      const lane = lanes.get(key);
      if (lane === undefined) lanes.set(key, new Set([item]));
      else lane.add(item);
    },
    remove,
    take: (fits) => {
      const found = find(fits);
      if (found === undefined) return undefined;
      const { key, item } = found;
      const lane = lanes.get(key) ?? new Set();
      lane.delete(item);
      lanes.delete(key);
      if (lane.size > 0) lanes.set(key, lane);
      return item;
    },
    takeAll: (key) => {
      const all = [...(lanes.get(key) ?? [])];
      lanes.delete(key);
      return all;
    },
    inTurn: () => {
      const open = [...lanes.values()].map((lane) => [...lane]);
      const longest = Math.max(0, ...open.map(({ length }) => length));
      return Array.from({ length: longest }, (_, i) => i).flatMap((i) =>
        open.flatMap((lane) => lane.slice(i, i + 1)),
      );
    },
  });
};

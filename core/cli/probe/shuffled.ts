import { createHash } from 'node:crypto';

/** The scripts in an order that the seed alone decides: no script can count on the one before it. */
export const shuffled = <Item extends { readonly name: string }>(
  items: readonly Item[],
  seed: number,
): readonly Item[] => {
  const rank = ({ name }: Item): string =>
    createHash('sha256').update(`${seed}/${name}`).digest('hex');
  return items
    .map((item) => [rank(item), item] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, item]) => item);
};

import { isObject } from './freeze-graph.ts';
import {
  deleteProperty,
  getOwnPropertyDescriptor,
  getPrototypeOf,
  ownKeys,
} from './primordials.ts';

/** Permitted names between blanks: one native search a name is faster here than a set of names. */
type Names = string;
const OF_AN_OBJECT: Names = ' ';
const OF_A_FUNCTION: Names = ' length name ';

/** Objects that no global leads to, by the name that a permit list has for them. */
export interface Unnamed {
  readonly [path: string]: unknown;
}

/** The objects of the permit list with their names. A path that leads nowhere is passed over. */
const permitted = (permits: string, unnamed: Unnamed): Map<object, Names> => {
  const found = new Map<object, Names>();
  for (const line of permits.split('\n')) {
    const [path = '', names] = line.split(': ');
    const [first = '', ...rest] = path.split('.');
    let object = first in unnamed ? unnamed[first] : valueAt(globalThis, first);
    for (const name of rest) object = valueAt(object, name);
    if (!isObject(object)) continue;
    const always = typeof object === 'function' ? OF_A_FUNCTION : OF_AN_OBJECT;
    found.set(object, `${always}${names} `);
  }
  return found;
};

const valueAt = (object: unknown, name: string): unknown =>
  isObject(object)
    ? getOwnPropertyDescriptor(object, name === '@@unscopables' ? Symbol.unscopables : name)?.value
    : undefined;

/** `Symbol.iterator` describes itself so; the list says `@@iterator`. */
const nameOf = (key: string | symbol): string =>
  typeof key === 'symbol' ? `@@${key.description?.slice('Symbol.'.length)}` : key;

/** What five of six objects are: a function of the language that has nothing but its two plain names. */
const isBare = (keys: readonly PropertyKey[]): boolean =>
  keys.length === 2 && keys[0] === 'length' && keys[1] === 'name';

/**
 * Walks everything that a guest could reach and deletes what the permit list does not name. An object
 * that is on no line keeps nothing; a function always keeps `length` and `name`.
 * @param done what an earlier sweep has seen to
 * @returns every object that is left, for hardening
 */
export const sweep = (
  permitList: string,
  unnamed: Unnamed,
  done: ReadonlySet<object> = new Set(),
): ReadonlySet<object> => {
  const permits = permitted(permitList, unnamed);
  const left = new Set<object>(permits.keys());
  const reach = (value: unknown): void => {
    if (isObject(value) && !done.has(value)) left.add(value);
  };
  // A set is walked in order of insertion, and what is added on the way is walked too.
  for (const object of left) {
    reach(getPrototypeOf(object));
    const always = typeof object === 'function' ? OF_A_FUNCTION : OF_AN_OBJECT;
    const names = permits.get(object) ?? always;
    const keys = ownKeys(object);
    if (names === OF_A_FUNCTION && isBare(keys)) continue;
    for (const key of keys) {
      if (names.includes(` ${nameOf(key)} `)) {
        const descriptor = getOwnPropertyDescriptor(object, key);
        reach(descriptor?.value);
        reach(descriptor?.get);
        reach(descriptor?.set);
      } else if (!deleteProperty(object, key)) {
        throw new TypeError(`the engine has a permanent \`${nameOf(key)}\``);
      }
    }
  }
  return left;
};

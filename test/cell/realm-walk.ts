/**
 * The body of a step that lists all it can reach: every object of its realm by the shortest path to it,
 * with its own properties, what each holds, and whether it can be changed. A function that has only
 * `length` and `name` and is frozen has no row: its owner's row names it.
 */
export const REALM_WALK = `
  const KEEP = new Set(['__plugin', 'globalThis']);
  const isObject = (value) => (typeof value === 'object' && value !== null) || typeof value === 'function';
  const nameOf = (key) => (typeof key === 'symbol' ? '@@' + key.description.slice(7) : key);
  const paths = new Map();
  const reach = (value, path) => { if (isObject(value) && !paths.has(value)) paths.set(value, path); };
  const stack = Object.getOwnPropertyDescriptor(new Error(), 'stack');
  const callee = Object.getOwnPropertyDescriptor((function () { 'use strict'; return arguments; })(), 'callee');
  const segments = new Intl.Segmenter().segment('a');
  const hidden = {
    AsyncFunction: async () => {}, Generator: (function* () {}).prototype,
    AsyncGenerator: (async function* () {}).prototype,
    GeneratorFunction: function* () {}, AsyncGeneratorFunction: async function* () {},
    ArrayIterator: [].values(), StringIterator: ''[Symbol.iterator](), MapIterator: new Map().values(),
    SetIterator: new Set().values(), RegExpStringIterator: ''.matchAll(/a/g),
    IteratorHelper: [].values().map((x) => x), WrapForValidIterator: Iterator.from({ next: () => 0 }),
    Segments: segments, SegmentIterator: segments[Symbol.iterator](), Promise: (async () => {})(),
    RevocableProxy: Proxy.revocable, Handles: handles, Template: ((parts) => parts)\`a\`,
  };
  reach(globalThis, 'global');
  for (const name of Object.keys(hidden)) reach(Object.getPrototypeOf(hidden[name]), '%' + name + '%');
  for (const [name, value] of [['getStack', stack.get], ['setStack', stack.set], ['throwTypeError', callee.get]])
    reach(value, '%' + name + '%');
  const rows = {};
  for (const [object, path] of paths) {
    const names = [];
    const own = Reflect.ownKeys(object);
    for (const key of own) {
      if (object === globalThis && KEEP.has(key)) continue;
      const at = path === 'global' ? nameOf(key) : path + '.' + nameOf(key);
      const { value, get, set, configurable, writable } = Object.getOwnPropertyDescriptor(object, key);
      const kind = typeof value === 'function' ? '()' : isObject(value) ? '{}' : '';
      const loose = configurable || writable ? ' loose' : '';
      names.push((get ? 'get ' : '') + (set ? 'set ' : '') + nameOf(key) + kind + loose);
      reach(value, at);
      reach(get, at + '.get');
      reach(set, at + '.set');
      // A lazy global is made by the look at it.
      if (object === globalThis) reach(globalThis[key], at);
    }
    reach(Object.getPrototypeOf(object), path + '.[[prototype]]');
    const bare = typeof object === 'function' && own.length === 2 && own[0] === 'length' && own[1] === 'name';
    if (object !== globalThis && !Object.isFrozen(object)) rows[path] = ['open', ...names];
    else if (!bare) rows[path] = names.sort();
  }
  return { rows, objects: paths.size };
`;

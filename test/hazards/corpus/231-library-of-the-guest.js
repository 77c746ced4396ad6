// Spend time and memory, and look for a realm, through the small library. The document's word says how to spend.
const KINDS = {
  'timer of no end': () => {
    const again = () => setTimeout(again, 0);
    again();
    return new Promise(() => {});
  },
  'timer that loops': () => {
    setTimeout(() => {
      for (;;);
    }, 1);
    return new Promise(() => {});
  },
  'many timers': () => {
    let set = 0;
    for (; set < 1000; set += 1) setTimeout(() => {}, 1e9);
    return set;
  },
  'clone of no end': () => {
    let value = [];
    for (let depth = 0; depth < 26; depth += 1) value = [value, value, structuredClone(value)];
    return structuredClone(value).length;
  },
  'clone of depth': () => {
    let value = null;
    for (let depth = 0; depth < 1_000_000; depth += 1) value = { value };
    return typeof structuredClone(value);
  },
  'clone with a getter': () =>
    structuredClone({
      get x() {
        for (;;);
      },
    }),
  'address of length': () => {
    for (;;) new URL(`http://${'a.'.repeat(1 << 20)}/${'../'.repeat(1 << 20)}`);
  },
  'query of length': () => {
    for (;;) new URLSearchParams('a=b&'.repeat(1 << 20)).toString();
  },
  'console of no end': () => {
    for (;;) console.log('x'.repeat(1 << 16), { a: [1, 2, 3] });
  },
  'console with a getter': () => {
    console.log({
      get x() {
        for (;;);
      },
    });
    return 'printed';
  },
  'bytes of length': () => {
    for (;;) new TextDecoder().decode(new TextEncoder().encode('\u00e4'.repeat(1 << 22)));
  },
  'base64 of length': () => {
    for (;;) atob(btoa('x'.repeat(1 << 22)));
  },
};

const NAMES = ['setTimeout', 'clearTimeout', 'structuredClone', 'URL', 'URLSearchParams', 'TextEncoder', 'TextDecoder', 'console', 'atob', 'btoa'];

export default async (input, handles) => {
  const { content } = await handles.path.read({ encoding: 'text' });
  const spend = KINDS[content.trim()];
  if (spend !== undefined) return { escaped: [], spent: await spend() };
  const escaped = [];
  const walked = new Set();
  const open = NAMES.map((name) => [name, globalThis[name]]);
  open.push(['an address', new URL('http://a/')], ['a clone', structuredClone({ map: new Map() })]);
  open.push(['bytes', new TextEncoder().encode('x')], ['a timer', setTimeout(() => {}, 1)]);
  open.push(['parameters', new URLSearchParams('a=b').entries()]);
  for (const make of [() => new URL('no'), () => atob('*'), () => structuredClone(() => {})]) {
    try {
      make();
    } catch (error) {
      open.push([`the error of ${make}`, error]);
      if (!(error instanceof Error)) escaped.push(`a foreign error of ${make}`);
      if (/node:|isolated|\/core\//.test(String(error.stack))) escaped.push(`frames of ${make}`);
    }
  }
  while (open.length > 0) {
    const [name, value] = open.pop();
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null) continue;
    if (walked.has(value)) continue;
    walked.add(value);
    if (!(value instanceof Object) && Object.getPrototypeOf(value) !== null && value !== Object.prototype) {
      escaped.push(`${name} is of another realm`);
    }
    open.push([`${name}'s prototype`, Object.getPrototypeOf(value)]);
    for (const key of Reflect.ownKeys(value)) {
      const found = Object.getOwnPropertyDescriptor(value, key);
      for (const part of [found.value, found.get, found.set]) open.push([`${name}.${String(key)}`, part]);
    }
  }
  // Each function is the guest's own: its constructor makes code of nothing but the guest's nothing.
  for (const value of walked) {
    try {
      const seen = value.constructor.constructor('return typeof process')();
      if (seen !== 'undefined') escaped.push('a constructor that sees a process');
    } catch {}
  }
  const changed = NAMES.filter((name) => {
    const value = globalThis[name];
    return [value, value?.prototype].some((at) => at != null && !Object.isFrozen(at));
  });
  for (const name of changed) escaped.push(`${name} can be changed`);
  return { escaped, walked: walked.size, names: NAMES.filter((name) => name in globalThis) };
};

// Read from the engine what was to be hidden: time from depth, memory and collections, the host from Intl.
export default async (input, handles) => {
  const escaped = [];
  const { content } = await handles.path.read({ encoding: 'text' });
  const depth = () => {
    let levels = 0;
    const down = () => {
      levels += 1;
      down();
    };
    try {
      down();
    } catch {}
    return levels;
  };
  const measured = [depth(), depth(), depth()];
  // Clocks by another name.
  const first = [Date.now(), new Date().getTime(), globalThis.Temporal?.Now?.instant?.().epochMilliseconds];
  let sum = 0;
  for (let turn = 0; turn < 2_000_000; turn += 1) sum += turn;
  const second = [Date.now(), new Date().getTime(), globalThis.Temporal?.Now?.instant?.().epochMilliseconds];
  if (first.some((time, index) => time !== second[index])) escaped.push('a clock that runs');
  for (const name of ['performance', 'WeakRef', 'FinalizationRegistry', 'SharedArrayBuffer', 'Atomics', 'gc', 'requestAnimationFrame', 'setImmediate', 'queueMicrotask', 'process']) {
    if (name in globalThis) escaped.push(name);
  }
  // Growing until it fails says how much there is, to this step alone; it must not say what others hold.
  const bytes = () => {
    const held = [];
    try {
      for (let count = 0; count < 64; count += 1) held.push(new ArrayBuffer(1 << 20));
    } catch {}
    return held.length;
  };
  const grown = bytes();
  const said = (ask) => {
    try {
      return ask();
    } catch (error) {
      return error.name;
    }
  };
  const host = {
    locale: said(() => new Intl.DateTimeFormat().resolvedOptions().locale),
    zone: said(() => new Intl.DateTimeFormat().resolvedOptions().timeZone),
    collation: said(() => new Intl.Collator().resolvedOptions().locale),
    numbers: said(() => new Intl.NumberFormat().resolvedOptions().locale),
    offset: new Date(0).getTimezoneOffset(),
    text: String(new Date(0)),
    local: said(() => new Date(0).toLocaleString()),
    number: said(() => (1234.5).toLocaleString()),
    sorted: said(() => ['z', '\u00e4', 'a'].sort((a, b) => a.localeCompare(b)).join('')),
  };
  return { escaped, depth: measured, grown, host, read: content.length };
};

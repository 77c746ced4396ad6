// Learn about the machine: its place, its language, its hardware, its paths.
export default async () => {
  const names = ['navigator', 'process', 'os', 'performance', 'screen', 'gc', 'Temporal', 'd8', 'version'];
  const escaped = names.filter((name) => name in globalThis);
  const date = new Date(0);
  const facts = {
    zone: date.getTimezoneOffset(),
    summer: new Date(1_721_000_000_000).getTimezoneOffset(),
    date: date.toString(),
    local: date.toLocaleString(),
    number: (1234567.891).toLocaleString(),
    big: 1234567n.toLocaleString(),
    list: ['z', 'ä', 'a'].sort((a, b) => a.localeCompare(b)).join(''),
    upper: 'i'.toLocaleUpperCase(),
    locale: new Intl.NumberFormat().resolvedOptions().locale,
    collation: new Intl.Collator().resolvedOptions().locale,
    formats: typeof Intl.DateTimeFormat,
    endian: new Uint8Array(Uint32Array.of(1).buffer)[0],
    nan: [...new Uint8Array(Float64Array.of(NaN).buffer)].join(),
  };
  const stacks = [];
  for (const fail of [() => null.x, () => JSON.parse('{'), () => new URL('x'), () => [].reduce(() => {}), () => structuredClone(() => {})]) {
    try {
      fail();
    } catch (error) {
      stacks.push(String(error.stack));
    }
  }
  for (const stack of stacks) {
    for (const at of stack.matchAll(/\(?((?:file:|node:|\/|[A-Z]:\\)[^\s)]*)/g)) escaped.push(at[1]);
  }
  return { escaped, facts, stacks: stacks.length };
};

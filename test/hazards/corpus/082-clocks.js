// Measure time: ask every clock before and after much work, a call, and a sleep.
const clocks = {
  now: () => Date.now(),
  date: () => new Date().getTime(),
  text: () => Date(),
  parsed: () => Date.parse(new Date().toISOString()),
  subclass: () => new (class extends Date {})().getTime(),
  reflected: () => Reflect.construct(Date, []).getTime(),
  copied: () => new Date().constructor.now(),
  local: () => new Date().toLocaleString('en', { fractionalSecondDigits: 3, second: '2-digit' }),
  format: () => new Intl.DateTimeFormat('en', { fractionalSecondDigits: 3, second: '2-digit' }).format(),
  temporal: () => Temporal.Now.instant().epochMilliseconds,
  performance: () => performance.now(),
  event: () => new Event('x').timeStamp,
  hrtime: () => process.hrtime(),
};
const read = () =>
  Object.fromEntries(
    Object.entries(clocks).map(([name, clock]) => {
      try {
        return [name, String(clock())];
      } catch (error) {
        return [name, error.name];
      }
    }),
  );

export default async (input, handles) => {
  const escaped = new Set();
  const first = read();
  const compare = () => {
    for (const [name, shown] of Object.entries(read())) if (shown !== first[name]) escaped.add(name);
  };
  for (let step = 0, sum = 0; step < 200_000; step += 1) sum += step;
  compare();
  for (let call = 0; call < 3; call += 1) await handles.path.read({ encoding: 'text' });
  compare();
  await new Promise((resolve) => setTimeout(resolve, 20));
  compare();
  return { escaped: [...escaped], first };
};

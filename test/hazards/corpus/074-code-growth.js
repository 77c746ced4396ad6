// Grow the room for code: ten thousand functions, each of its own text.
export default async () => {
  const escaped = [];
  let refused = 0;
  const makers = [
    (body) => globalThis.eval(body),
    (body) => new Function(body),
    (body) => new (async () => {}).constructor(body),
  ];
  for (let at = 0; at < 10_000; at += 1) {
    try {
      makers[at % makers.length](`return ${at}`);
      escaped.push(at);
    } catch {
      refused += 1;
    }
  }
  return { escaped: escaped.slice(0, 3), refused };
};

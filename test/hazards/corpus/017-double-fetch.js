// Answer one thing when looked at and another when used. A value that is read once has only one answer.
export default async (input, handles) => {
  const escaped = [];
  const { content } = await handles.path.read({ encoding: 'text' });
  const reads = [];
  const flipping = (key, first, then) => {
    let count = 0;
    reads.push(() => `${key} ${count}`);
    return { configurable: true, enumerable: true, get: () => (count++ === 0 ? first : then) };
  };
  const args = Object.defineProperties(
    {},
    {
      encoding: flipping('encoding', 'text', 'base64'),
      length: flipping('length', 3, 2 ** 40),
      offset: flipping('offset', 0, -1),
    },
  );
  const got = await handles.path.read(args);
  if (got.content !== content.slice(0, 3)) escaped.push(`read ${got.content}`);
  let looks = 0;
  const seen = await handles.path.read(
    new Proxy(
      { encoding: 'text' },
      {
        ownKeys: () => ['encoding', ...(looks++ === 0 ? [] : ['path'])],
        getOwnPropertyDescriptor: () => ({ configurable: true, enumerable: true, value: 'text' }),
        get: (target, key) => (key === 'toJSON' ? undefined : target[key]),
      },
    ),
  );
  if (seen.content !== content) escaped.push('another answer of the proxy');
  return { escaped, reads: reads.map((count) => count()), looks };
};

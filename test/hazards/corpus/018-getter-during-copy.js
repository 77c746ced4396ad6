// Change a neighbour from a getter while the argument and the result are copied (the class of GHSA-864f).
const hostile = () => {
  const buffer = new Uint8Array(64).fill(7);
  const list = [1, 2, 3, 4, 5, 6, 7, 8];
  const value = {
    list,
    get first() {
      list.length = 0;
      buffer.fill(9);
      value.list = 'gone';
      delete value.later;
      value.added = 'added while copying';
      return 'first';
    },
    later: list,
    buffer,
  };
  return value;
};

export default async (input, handles) => {
  const escaped = [];
  const refusal = await handles.path.read(hostile()).catch((error) => error);
  if (refusal.code !== 'input_invalid') escaped.push(String(refusal));
  const inner = {
    encoding: 'text',
    get length() {
      delete inner.offset;
      inner.path = '/etc/passwd';
      return 4;
    },
    offset: 2 ** 40,
  };
  const { content } = await handles.path.read(inner);
  return { escaped, content, value: hostile() };
};

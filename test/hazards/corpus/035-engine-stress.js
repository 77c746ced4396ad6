// Patterns on which optimising compilers went wrong. Here nothing is compiled; then wait to be aborted.
export default async (input, handles) => {
  const wrong = [];
  const shape = (flag) => (flag ? { a: 1, b: 2.5 } : { b: 'x', a: [] });
  const confused = (object) => object.a;
  for (let index = 0; index < 20_000; index += 1) {
    const flag = index % 1000 !== 999;
    const value = confused(shape(flag));
    if (flag ? value !== 1 : !Array.isArray(value)) wrong.push('shape');
  }
  const doubles = [1.1, 2.2, 3.3];
  const evil = {
    valueOf: () => {
      doubles.length = 0;
      doubles.push({});
      return 2;
    },
  };
  const at = doubles[evil];
  if (at !== undefined) wrong.push('elements');
  const holes = [, 1, , 2.5, , {}];
  holes.fill(evil, evil, 5);
  const many = Array.from({ length: 2000 }, (_, index) => `k${index}`);
  const big = Object.fromEntries(many.map((name) => [name, name]));
  for (const name of many) delete big[name];
  const { a: [[{ b: { c: [d = 1] = [] } = {} } = {}] = []] = [] } = {};
  const switched = (value) => {
    switch (value) {
      case 0:
      case 1:
        return 'a';
      case NaN:
        return 'never';
      default:
        return d;
    }
  };
  if (switched(NaN) !== 1) wrong.push('switch');
  const typed = new Int32Array(8);
  for (const index of [-1, 8, 2 ** 31, 2 ** 32, NaN, -0, '-0', 1.5]) {
    typed[index] = 7;
    if (index !== -0 && typed[index] !== undefined) wrong.push(`typed ${index}`);
  }
  Array.prototype.concat.call(1, doubles, { length: 3, [Symbol.isConcatSpreadable]: true });
  await handles.path.read({ encoding: 'text' });
  if (wrong.length > 0) return { escaped: wrong };
  const { content } = await handles.path.read({ encoding: 'text' });
  if (content.startsWith('wait')) await new Promise(() => {});
  return { escaped: wrong };
};

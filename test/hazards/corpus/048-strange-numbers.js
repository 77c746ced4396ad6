// Lengths and offsets that are no small whole numbers. The document names the argument to try.
export default async (input, handles) => {
  const { content } = await handles.path.read({ encoding: 'text' });
  const key = content.startsWith('length') ? 'length' : 'offset';
  const outcomes = {};
  const numbers = {
    NaN: NaN,
    '-1': -1,
    '1e308': 1e308,
    '2^53+1': 2 ** 53 + 1,
    '2^31': 2 ** 31,
    '2^32': 2 ** 32,
    Infinity,
    1.5: 1.5,
    '"1e3"': '1e3',
    '"1"': '1',
    true: true,
    null: null,
    '[1]': [1],
    valueOf: { valueOf: () => 1 },
    '{}': {},
    boxed: Object(1),
    '-0': -0,
    '1e2': 1e2,
  };
  for (const [name, value] of Object.entries(numbers)) {
    outcomes[name] = await handles.path.read({ encoding: 'text', [key]: value }).then(
      (answer) => `read ${answer.content.length}`,
      (error) => error.code ?? error.name,
    );
  }
  return { escaped: [], outcomes };
};

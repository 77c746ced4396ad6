// Read where no byte is: at offsets and of lengths that overflow, wrap or are no numbers.
export default async (input, handles) => {
  const escaped = [];
  let refused = 0;
  const strange = [2 ** 62, 2 ** 53, 2 ** 32 + 1, 2 ** 31, -1, -0.5, 1.5, 1e308, NaN, Infinity, '0', '1e3', [1], { valueOf: () => 1 }];
  for (const number of strange) {
    try {
      const { content } = await handles.path.read({ encoding: 'text', offset: number });
      escaped.push(`${number}: ${content}`);
    } catch (error) {
      if (error.code === 'input_invalid') refused += 1;
      else escaped.push(`${String(number)}: ${error.code}`);
    }
  }
  const { content } = await handles.path.read({ encoding: 'text', offset: 0, length: 2 ** 21 });
  return { escaped, refused, whole: content };
};

// Nest so deep that whoever walks it by recursion falls over.
export default async (input, handles) => {
  const { content } = await handles.path.read({ encoding: 'text' });
  const nested = (levels) => {
    let value = 1;
    for (let level = 0; level < levels; level += 1) value = level % 2 ? [value] : { a: value };
    return value;
  };
  const refusals = [];
  for (const levels of [100, 1000]) {
    refusals.push(
      await handles.path
        .read({ encoding: nested(levels) })
        .catch((error) => error.code ?? error.name),
    );
  }
  if (content.startsWith('some')) return nested(1000);
  if (content.startsWith('many')) return nested(200_000);
  return { escaped: [], refusals };
};

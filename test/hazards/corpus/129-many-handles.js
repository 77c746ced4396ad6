// Hold on to a hundred thousand handles, or what would be one: bound, wrapped, called and never waited for.
export default async (input, handles) => {
  const { content } = await handles.path.read({ encoding: 'text' });
  const held = [];
  if (content.trim() === 'calls') {
    for (let count = 0; count < 100_000; count += 1) {
      held.push(handles.path.read({ encoding: 'text', length: 1 }));
    }
    await Promise.allSettled(held);
    return { escaped: ['a hundred thousand calls'] };
  }
  for (let count = 0; count < 100_000; count += 1) held.push(handles.path.read.bind(null));
  const names = Object.keys(handles);
  const escaped = names.length === 1 ? [] : [`${names.length} handles`];
  const { content: last } = await held.at(-1)({ encoding: 'text' });
  return { escaped, held: held.length, same: last === content };
};

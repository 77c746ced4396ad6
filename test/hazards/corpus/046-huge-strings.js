// Return strings that exist only as a promise of characters: ropes and repetitions.
export default async (input, handles) => {
  const { content } = await handles.path.read({ encoding: 'text' });
  let rope = 'x'.repeat(1024);
  for (let doubling = 0; doubling < 18; doubling += 1) rope += rope;
  let refused = 0;
  try {
    'x'.repeat(2 ** 30);
  } catch (error) {
    if (error instanceof RangeError) refused += 1;
  }
  if (content.startsWith('argument')) await handles.path.read({ encoding: rope });
  if (content.startsWith('error')) throw new Error(rope);
  if (content.startsWith('key')) return { [rope]: 1 };
  return { escaped: [], refused, rope };
};

// Be a step in a cell whose memory somebody reads: hold a text of one's own, and wait until it was read.
export default async (input, handles) => {
  const held = 'a text that this very step holds';
  const { content } = await handles.path.read({ encoding: 'text' });
  await new Promise((resolve) => setTimeout(resolve, 1000));
  return { escaped: [], held: held.length + content.length };
};

// Return a small graph that copies into something endless: shared references, level on level, or a circle.
export default async (input, handles) => {
  const { content } = await handles.path.read({ encoding: 'text' });
  if (content.startsWith('circle')) {
    const circle = { list: [] };
    circle.list.push({ circle });
    return circle;
  }
  if (content.startsWith('argument')) {
    let lol = ['lol'];
    for (let level = 0; level < 24; level += 1) lol = [lol, lol, lol, lol];
    await handles.path.read({ encoding: lol });
  }
  if (content.startsWith('one string')) return Array(400).fill('x'.repeat(1_000_000));
  let laugh = 'x'.repeat(1000);
  for (let level = 0; level < 24; level += 1) laugh = [laugh, laugh, laugh, laugh];
  return laugh;
};

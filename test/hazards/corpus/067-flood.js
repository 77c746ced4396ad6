// Flood the host with lines and with calls that nobody waits for. The document names the flood.
export default async (input, handles) => {
  const { content } = await handles.path.read({ encoding: 'text' });
  if (content.startsWith('calls')) {
    for (let call = 0; call < 50_000; call += 1) handles.path.read({ encoding: 'text' }).catch(() => {});
    await new Promise(() => {});
  }
  if (content.startsWith('arguments')) {
    const encoding = 'x'.repeat(1_000_000);
    for (let call = 0; call < 50_000; call += 1) handles.path.read({ encoding }).catch(() => {});
    await new Promise(() => {});
  }
  if (content.startsWith('timers')) {
    let refused = 0;
    for (let timer = 0; timer < 10_000; timer += 1) {
      try {
        setTimeout(() => {}, 1e6);
      } catch {
        refused += 1;
      }
    }
    return { escaped: [], refused };
  }
  const line = `${'line '.repeat(2000)}\n`;
  for (let at = 0; at < 20_000; at += 1) console.log(at, line);
  return { escaped: [] };
};

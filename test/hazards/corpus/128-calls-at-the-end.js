// Keep calls under way without a pause, so that some are wherever the step is when its handles are taken away.
export default async (input, handles) => {
  const { content } = await handles.path.read({ encoding: 'text' });
  const refused = new Set();
  const keepOn = async () => {
    for (;;) {
      try {
        await handles.path.read({ encoding: 'text', length: 1 });
      } catch (error) {
        refused.add(error.code ?? error.name);
        return;
      }
    }
  };
  const running = Array.from({ length: 32 }, keepOn);
  // With another word, the step ends in the midst of them.
  if (content.trim() === 'wait') await Promise.all(running);
  return { escaped: [], refused: [...refused] };
};

// Pass functions where data belongs, in the hope that the other side keeps one and calls it.
export default async (input, handles) => {
  const escaped = [];
  let called = 0;
  const hook = () => {
    called += 1;
    return 'text';
  };
  const outcomes = [];
  for (const args of [
    hook,
    class {},
    [hook],
    { encoding: hook },
    { encoding: 'text', callback: hook },
    { encoding: 'text', then: hook },
    { encoding: 'text', [Symbol.asyncIterator]: hook },
    Object.assign(hook, { encoding: 'text' }),
  ]) {
    try {
      const { content } = await handles.path.read(args);
      outcomes.push(typeof content);
    } catch (error) {
      outcomes.push(error.code ?? error.name);
    }
  }
  if (called > 0) escaped.push(`a function of ours was called ${called} times`);
  return { escaped, outcomes };
};

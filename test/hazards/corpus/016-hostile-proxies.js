// Hand proxies over: as an argument, within one, as a thrown value. Their traps run here or not at all.
export default async (input, handles) => {
  const escaped = [];
  const outcomes = [];
  let trapped = 0;
  const traps = (answer) =>
    new Proxy(
      {},
      {
        get:
          (_, trap) =>
          (...args) => {
            trapped += 1;
            return answer(trap, args);
          },
      },
    );
  const throwing = () =>
    new Proxy(
      {},
      traps(() => {
        throw new Error('from a trap');
      }),
    );
  const lying = () =>
    new Proxy(
      { encoding: 'text' },
      traps((trap, args) => {
        if (trap === 'get') return args[1] === 'encoding' ? 'text' : undefined;
        return Reflect[trap](...args);
      }),
    );
  for (const [name, make] of [
    ['throwing', throwing],
    ['within', () => ({ encoding: throwing() })],
    ['lying', lying],
    [
      'list',
      () =>
        new Proxy(
          [],
          traps((trap, args) => (args[1] === 'length' ? 5 : Reflect[trap](...args))),
        ),
    ],
    ['function', () => new Proxy(() => 'text', {})],
  ]) {
    try {
      const { content } = await handles.path.read(make());
      outcomes.push(`${name} ${typeof content}`);
    } catch (error) {
      outcomes.push(`${name} ${error.code ?? error.message}`);
      if (!(error instanceof Error)) escaped.push(name);
    }
  }
  return { escaped, outcomes, trapped: trapped > 0 };
};

// Write down all that a step can see of the world, so that two of them can be compared.
export default async (input, handles) => {
  const answers = [];
  const note = async (what) => {
    try {
      answers.push(await what());
    } catch (error) {
      answers.push(`${error.code} ${error.message}`);
    }
  };
  await note(() => handles.path.read({ encoding: 'text' }));
  await note(() => handles.path.read({ encoding: 'none' }));
  await note(() => handles.path.read({ offset: 2 ** 40 }));
  await note(() => handles.path.read({ encoding: 'text', offset: 1, length: 1 }));
  await note(() => new Error('x').stack);
  return {
    escaped: [],
    answers,
    input,
    globals: Object.getOwnPropertyNames(globalThis).sort(),
    handles: Object.entries(handles).map(([name, handle]) => [name, Object.keys(handle)]),
    settings: new Intl.NumberFormat().resolvedOptions(),
    random: [Math.random(), Math.random()],
  };
};

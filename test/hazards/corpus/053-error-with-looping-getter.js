// Throw what takes for ever to be looked at. The document names the part that loops.
const loop = () => {
  for (;;);
};
const loopsAt = (name) => Object.defineProperty(new Error('x'), name, { get: loop });
const thrown = {
  message: () => ({ get message() { return loop(); } }),
  'message of an error': () => loopsAt('message'),
  'name and stack': () => Object.defineProperty(loopsAt('name'), 'stack', { get: loop }),
  'cause and code': () => Object.defineProperty(loopsAt('cause'), 'code', { get: loop }),
  conversion: () => ({ message: { toString: loop, valueOf: loop, [Symbol.toPrimitive]: loop } }),
  then: () => ({ get then() { return loop(); }, toString: loop }),
};

export default async (input, handles) => {
  const { content } = await handles.path.read({ encoding: 'text' });
  throw (thrown[content.trim()] ?? thrown.message)();
};

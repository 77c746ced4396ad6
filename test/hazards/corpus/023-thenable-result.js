// Return a thenable. The first word of the document says of which kind.
const KINDS = {
  sync: () => ({ then: (resolve) => resolve({ escaped: [] }) }),
  looping: () => ({
    get then() {
      for (;;);
    },
  }),
  'looping inside': () => ({
    then() {
      for (;;);
    },
  }),
  twice: () => ({
    then: (resolve) => {
      resolve({ escaped: [] });
      resolve({ escaped: ['the second answer'] });
    },
  }),
  itself: () => {
    const own = { then: (resolve) => resolve(own) };
    return own;
  },
  never: () => ({ then: () => {} }),
  rejecting: () => ({
    then: (_, reject) => reject({ then: () => {}, message: 'a thenable reason' }),
  }),
  throwing: () => ({
    then: (resolve) => {
      resolve({ escaped: [] });
      throw new Error('after its answer');
    },
  }),
};

export default async (input, handles) => {
  const { content } = await handles.path.read({ encoding: 'text' });
  return (KINDS[content.trim()] ?? KINDS.sync)();
};

// A toJSON that answers differently each time it is asked; it is asked once for each place.
export default async (input, handles) => {
  let asked = 0;
  const args = {
    toJSON: () =>
      asked++ === 0 ? { encoding: 'text', length: 5 } : { encoding: 'base64', path: '/etc/passwd' },
  };
  const { content } = await handles.path.read(args);
  let shown = 0;
  const changing = { toJSON: () => `answer ${(shown += 1)}` };
  return { escaped: asked === 1 ? [] : ['asked again'], content, changing };
};

// Start as many calls as are allowed and wait for none, so that the host is left holding them.
export default async (input, handles) => {
  const { content } = await handles.path.read({ encoding: 'text' });
  let answered = 0;
  for (let call = 0; call < 15; call += 1) {
    handles.path.read({ encoding: 'base64' }).then(() => (answered += 1));
  }
  if (content.startsWith('throw')) throw new Error('left with calls under way');
  return { escaped: answered === 0 ? [] : ['an answer came before anyone waited'] };
};

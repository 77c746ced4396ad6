// Say things whose look on a screen is not what they are: overrides, escapes, ends of lines, half characters.
export default async (input, handles) => {
  const { content } = await handles.path.read({ encoding: 'text' });
  const text =
    'a\u202etxt.exe\u2066\u200b\u001b[2J\u001b]0;owned\u0007\u009b31m\r\nend\u2028\u2029\u0085\0\u0008\ud800\ufeff\ue000';
  if (content.startsWith('throw')) throw new Error(text);
  return { escaped: [], text };
};

// Change the arguments after the call was made and before it is answered.
export default async (input, handles) => {
  const escaped = [];
  const args = { encoding: 'text', offset: 0, length: 2 };
  const asked = [];
  for (let index = 0; index < 8; index += 1) {
    asked.push(handles.path.read(args));
    args.length = 2 ** 40;
    args.path = '/etc/passwd';
    if (index < 7) {
      args.length = 2;
      delete args.path;
    }
  }
  args.encoding = 'base64';
  const contents = (await Promise.all(asked)).map(({ content }) => content);
  if (contents.some((content) => content !== contents[0] || content.length !== 2))
    escaped.push('later contents');
  return { escaped, contents };
};

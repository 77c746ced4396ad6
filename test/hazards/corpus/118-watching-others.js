// Watch a file, or whoever else works on it: by every method that a handle might have.
export default async (input, handles) => {
  const escaped = [];
  const wanted = ['watch', 'stat', 'lock', 'unlock', 'list', 'exists', 'open', 'on', 'subscribe', 'poll', 'write', 'delete'];
  for (const name of wanted) if (typeof handles.path[name] === 'function') escaped.push(name);
  const answer = await handles.path.read({ encoding: 'text' });
  for (const name of ['mtime', 'mtimeMs', 'ino', 'version', 'owner', 'uid', 'mode', 'atime']) {
    if (name in answer) escaped.push(name);
  }
  return { escaped, methods: Object.keys(handles.path) };
};

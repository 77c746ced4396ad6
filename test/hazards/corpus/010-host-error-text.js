// Make calls fail, and read all that a failure carries: no frame, path, variable or code of the host's own.
export default async (input, handles) => {
  const escaped = [];
  const codes = [];
  const HOST =
    /\/|node:|file:|internal|\.[cm]?[jt]s\b|errno|syscall|ENOENT|EACCES|dist|tmp|canary/i;
  for (const args of [
    { encoding: 'evil' },
    { encoding: 'text', offset: -1 },
    { encoding: 'text', length: 1e9 },
    { encoding: 'text', path: '/etc/passwd' },
    '../../etc/passwd',
    ['x'],
  ]) {
    const error = await handles.path.read(args).catch((thrown) => thrown);
    codes.push(error.code);
    for (const key of Reflect.ownKeys(error)) {
      if (!['message', 'stack', 'code'].includes(key)) escaped.push(`a property ${String(key)}`);
    }
    if (HOST.test(error.message)) escaped.push(`message: ${error.message}`);
    if (HOST.test(error.stack)) escaped.push(`stack: ${error.stack}`);
    for (let at = error.cause; at !== undefined; at = at.cause) escaped.push('a cause');
  }
  return { escaped, codes };
};

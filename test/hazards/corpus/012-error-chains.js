// Look for chains of errors from the host: causes, aggregates, suppressed ones.
export default async (input, handles) => {
  const escaped = [];
  const fail = () => handles.path.read({ encoding: 'evil' });
  const settled = await Promise.allSettled([fail(), fail(), fail()]);
  const errors = settled.map(({ reason }) => reason);
  errors.push(await Promise.any([fail(), fail()]).catch((error) => error.errors[0]));
  for (const error of errors) {
    for (const key of [
      'cause',
      'errors',
      'error',
      'suppressed',
      'info',
      'details',
      'originalError',
      'path',
      'errno',
    ]) {
      if (key in error) escaped.push(key);
    }
    if (Object.getPrototypeOf(error) !== Error.prototype) escaped.push('an error of another class');
  }
  if (new Set(errors).size !== errors.length) escaped.push('one error given twice');
  return { escaped, errors: errors.length };
};

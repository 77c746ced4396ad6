// Return and throw values that speak up when a program of Node prints them.
export default async (input, handles) => {
  const speak = () => 'SPOKEN by an inspected value';
  const talkative = {
    [Symbol.for('nodejs.util.inspect.custom')]: speak,
    [Symbol.for('nodejs.util.promisify.custom')]: speak,
    inspect: speak,
    get [Symbol.toStringTag]() {
      return speak();
    },
    toString: speak,
    valueOf: speak,
  };
  await handles.path.read({ encoding: talkative }).catch(() => {});
  Promise.reject(talkative);
  const { content } = await handles.path.read({ encoding: 'text' });
  if (content.startsWith('throw')) {
    throw Object.assign(new Error('an error'), {
      ...talkative,
      message: talkative,
      cause: talkative,
      name: talkative,
    });
  }
  return { escaped: [], talkative };
};

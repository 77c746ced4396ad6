// Keep a handle for later: in the global object, on an intrinsic, in the result, in a text to be revived.
export default async (input, handles) => {
  const escaped = [];
  // What an earlier step, of this plugin or another, may have left behind.
  const PLACES = [globalThis, Object, Array.prototype, Promise, Function.prototype, handles];
  for (const [index, place] of PLACES.entries()) {
    if (place.stash !== undefined) escaped.push(`place ${index} of an earlier step`);
  }
  const kept = [];
  for (const [index, place] of PLACES.entries()) {
    try {
      Object.defineProperty(place, 'stash', { value: handles, configurable: true });
      kept.push(index);
    } catch {}
  }
  const told = Symbol.for('stash').description;
  const { read } = handles.path;
  const texts = [JSON.stringify(handles), JSON.stringify({ read }), String(read), read.name, told];
  for (const form of [() => structuredClone(handles), () => structuredClone(read)]) {
    try {
      const copy = form();
      if (typeof (copy?.path?.read ?? copy) === 'function') escaped.push('a clone that works');
    } catch {}
  }
  // The document is what an earlier step returned: bring it to life again.
  const { content } = await read({ encoding: 'text' });
  const revived = [];
  for (const text of [content, ...texts]) {
    try {
      const value = JSON.parse(text);
      for (const at of [value, value?.path, value?.handles?.path, value?.got?.path]) {
        if (typeof at?.read === 'function') revived.push(await at.read({ encoding: 'text' }));
      }
    } catch {}
  }
  if (revived.length > 0) escaped.push('a revived handle');
  if (texts.some((text) => /[0-9a-f]{32}/.test(text))) escaped.push('the id of a handle');
  return { escaped, kept, texts, handles, path: handles.path, read };
};

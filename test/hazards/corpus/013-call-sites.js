// Hook the making of stack traces, to be handed the frames of the host.
export default async (input, handles) => {
  const escaped = [];
  const sites = [];
  const hook = (error, frames) => {
    sites.push(...frames);
    return frames;
  };
  for (const attempt of [
    () => Reflect.set(Error, 'prepareStackTrace', hook),
    () => Reflect.defineProperty(Error, 'prepareStackTrace', { value: hook }),
    () => Reflect.deleteProperty(Error, 'prepareStackTrace'),
    () => Reflect.set(TypeError, 'prepareStackTrace', hook),
    () => Reflect.set(globalThis, 'prepareStackTrace', hook) && false,
  ]) {
    try {
      if (attempt()) escaped.push('a hook');
    } catch {}
  }
  class Mine extends Error {
    static prepareStackTrace = hook;
  }
  const target = {};
  Error.captureStackTrace(target, globalThis.Object);
  const stacks = [new Error('x').stack, new Mine('x').stack, target.stack];
  stacks.push(await handles.path.read({ encoding: 'evil' }).catch((error) => error.stack));
  try {
    null.x;
  } catch (error) {
    stacks.push(error.stack);
  }
  for (const site of sites) {
    for (const name of [
      'getThis',
      'getFunction',
      'getFileName',
      'getEvalOrigin',
      'getScriptNameOrSourceURL',
    ]) {
      if (site[name]?.() !== undefined) escaped.push(name);
    }
  }
  // neutral names: no path, no scheme of a file, no module of the host
  for (const stack of stacks) {
    if (typeof stack !== 'string' || /\/|\\|file:|node:|\.[cm]?[jt]s\b/.test(stack))
      escaped.push(`stack: ${stack}`);
  }
  return { escaped, sites: sites.length, stacks: stacks.length };
};

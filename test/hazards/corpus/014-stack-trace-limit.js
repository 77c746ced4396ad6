// Raise the limit of stack traces and recurse: traces stay ten frames long, the message is cut by the host.
export default async () => {
  const escaped = [];
  for (const attempt of [
    () => Reflect.set(Error, 'stackTraceLimit', 1e9),
    () => Reflect.defineProperty(Error, 'stackTraceLimit', { value: 1e9 }),
    () => Reflect.deleteProperty(Error, 'stackTraceLimit'),
  ]) {
    try {
      if (attempt()) escaped.push('stackTraceLimit');
    } catch {}
  }
  const deep = (left) => {
    if (left > 0) return deep(left - 1) + 1;
    throw new Error('bottom');
  };
  let frames = 0;
  try {
    deep(1000);
  } catch (error) {
    frames = error.stack.split('\n').length - 1;
  }
  if (frames > 10) escaped.push(`${frames} frames`);
  const recurse = () => recurse() + 1;
  try {
    recurse();
  } catch (error) {
    if (!(error instanceof RangeError) || error.stack.length > 10_000) escaped.push('overflow');
  }
  if (escaped.length > 0) return { escaped };
  throw new Error(`frames ${frames} ${'x'.repeat(1_000_000)}`);
};

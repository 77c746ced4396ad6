// Leave something for the next step, wherever it could be left, or look for what was left.
const places = {
  global: [() => (globalThis.left = 1), () => 'left' in globalThis],
  prototype: [() => (Object.prototype.left = 1), () => 'left' in {}],
  intrinsic: [() => (Array.prototype.push = () => 'left'), () => [].push(1) === 'left'],
  handle: [(handles) => (handles.path.left = 1), (handles) => 'left' in handles.path],
  method: [(handles) => (handles.path.read.left = 1), (handles) => 'left' in handles.path.read],
  symbol: [() => (globalThis[Symbol.for('left')] = 1), () => Symbol.for('left') in globalThis],
  library: [() => (URL.left = 1), () => 'left' in URL],
  console: [() => (console.log = () => 'left'), () => console.log('x') === 'left'],
  intl: [() => (Intl.left = 1), () => 'left' in Intl],
  plugin: [() => (__plugin.left = 1), () => 'left' in __plugin],
  timer: [() => setTimeout(() => (globalThis.leftByTimer = 1), 1), () => 'leftByTimer' in globalThis],
  pattern: [() => /left/.test('left'), () => RegExp.lastMatch === 'left' || RegExp['$&'] === 'left'],
  promise: [
    () => Promise.resolve().then(function again() { globalThis.leftByPromise = 1; }),
    () => 'leftByPromise' in globalThis,
  ],
};

export default async (input, handles) => {
  const { content } = await handles.path.read({ encoding: 'text' });
  const look = content.startsWith('look');
  const escaped = [];
  for (const [name, [leave, find]] of Object.entries(places)) {
    try {
      if (look) {
        if (find(handles)) escaped.push(name);
      } else leave(handles);
    } catch {}
  }
  return { escaped, looked: look };
};

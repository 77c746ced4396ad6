// Make a clock: of shared memory that a thread counts up, of a worker, or of an answer that comes while one counts.
export default async (input, handles) => {
  const escaped = ['SharedArrayBuffer', 'Atomics', 'Worker', 'MessageChannel', 'BroadcastChannel', 'setInterval', 'queueMicrotask', 'requestIdleCallback', 'scheduler']
    .filter((name) => name in globalThis);
  let counted = 0;
  let answered = false;
  const call = handles.path.read({ encoding: 'text' }).then(() => (answered = true));
  // While jobs are queued the isolate is not left, so no answer comes in between: the count tells nothing.
  for (; counted < 20_000 && !answered; counted += 1) await 0;
  if (answered) escaped.push(`an answer after ${counted} jobs`);
  await call;
  return { escaped, counted };
};

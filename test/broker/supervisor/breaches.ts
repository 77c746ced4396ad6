import { STANDARD } from './job.ts';

/** What a cell may send against the protocol when it is told to run a step; `step` is the number it was given. */
export const BREACHES: Readonly<Record<string, string>> = {
  'an unknown type': `send({ type: 'grant', step })`,
  'an additional field': `send({ type: 'result', step, cpu_ms: 1, extra: 1 }, '{"ok":{}}')`,
  'a missing field': `send({ type: 'result', step }, '{"ok":{}}')`,
  'a head that is no object': `raw(Buffer.from([0, 0, 0, 3, 0x5b, 0x5d, 0x0a]))`,
  'a frame without a head': `raw(Buffer.from([0, 0, 0, 1, 0x41]))`,
  'a length over the cap': `raw(Buffer.from([0xff, 0xff, 0xff, 0xff]))`,
  'bytes that are not utf-8': `const bytes = frame({ type: 'result', step, cpu_ms: 1 }, '{"ok":{"a":"X"}}');
    bytes[bytes.indexOf('X')] = 0xc3; raw(bytes)`,
  'a negative count': `send({ type: 'result', step, cpu_ms: -1 }, '{"ok":{}}')`,
  'a body where none belongs': `send({ type: 'failure', step, cpu_ms: 1, reason: 'cpu' }, 'x')`,
  'a reason that does not exist': `send({ type: 'failure', step, cpu_ms: 1, reason: 'cancelled' })`,
  'a wrong step number': `result(step + 1)`,
  'a second hello': `hello()`,
  'an idle before the result': `idle(step)`,
  'a result that is no json': `send({ type: 'result', step, cpu_ms: 1 }, '{"ok":')`,
  'a result of an unknown form': `send({ type: 'result', step, cpu_ms: 1 }, '{"ok":{},"err":"x"}')`,
  'an unknown limit': `send({ type: 'result', step, cpu_ms: 1 }, '{"limit":"cpu"}')`,
  'a result over its limit': `result(step, { text: 'x'.repeat(${STANDARD.limits.result_bytes}) })`,
  'a call that is no call': `call(step, 1, ['read'])`,
  'a call out of sequence': `call(step, 2, { handle: '0'.repeat(32), method: 'read', args: {} })`,
  'a call on a guessed handle': `call(step, 1, { handle: '0'.repeat(32), method: 'read', args: {} })`,
  'arguments over their limit': `call(step, 1, { handle: '0'.repeat(32), method: 'read', args: 'x'.repeat(${STANDARD.limits.argument_bytes}) })`,
  'a type from a prototype': `send({ type: 'constructor', step })`,
};

/** What a scripted cell does that breaks the protocol by the name in its step's input, `{ breach }`. */
export const BREAKS_AS_TOLD: string = `
const breaches = { ${Object.entries(BREACHES)
  .map(([name, script]) => `${JSON.stringify(name)}: (step) => { ${script}; }`)
  .join(',\n')} };
on.run = ({ step }, { input }) => breaches[JSON.parse(input).breach](step);`;

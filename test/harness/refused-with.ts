import assert from 'node:assert/strict';
import { AgentError, type ErrorCode } from '../../core/vocabulary/errors.ts';

/** Asserts that an act is refused with its code, by a message that names `what`, with a remedy. */
export const refusedWith = async (
  code: ErrorCode,
  what: string,
  act: () => unknown,
): Promise<AgentError> => {
  const thrown: unknown = await Promise.resolve()
    .then(act)
    .then(
      () => undefined,
      (error: unknown) => error,
    );
  assert.ok(thrown instanceof AgentError, `expected ${code}, got ${String(thrown)}`);
  const { message, remedy } = thrown;
  assert.equal(thrown.code, code, message);
  assert.ok(message.includes(`\`${what}\``), message);
  assert.ok(typeof remedy === 'string' && remedy.length > 0, code);
  return thrown;
};

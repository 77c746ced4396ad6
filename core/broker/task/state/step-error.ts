import { factsOf, toAgentError } from '../../../vocabulary/errors.ts';
import type { StepError } from './task-state.ts';

/** A refusal as it stays with a step: what was thrown, with the rule and the remedy that it names. */
export const stepError = (thrown: unknown): StepError => {
  const { code, message, rule, remedy } = toAgentError(thrown);
  return {
    code,
    message,
    ...(rule === null ? {} : { rule }),
    ...(remedy === null || remedy === factsOf(code).remedy ? {} : { remedy }),
  };
};

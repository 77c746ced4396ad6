import { type AgentError, toRefusal } from '../../vocabulary/errors.ts';
import type { JsonObject } from '../../vocabulary/json.ts';

/** What every failed request answers: the refusal as data, and the details that its place adds. */
export const refusalBody = (error: AgentError): JsonObject => ({
  ...error.details,
  ...toRefusal(error),
});

/** Seconds after which a full queue is worth another try. */
export const RETRY_AFTER_SECONDS = 5;

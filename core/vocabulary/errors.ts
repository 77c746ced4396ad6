import { type ErrorCode, factsOf } from './error-catalogue.ts';
import type { JsonObject } from './json.ts';

export { type ErrorCode, factsOf } from './error-catalogue.ts';

interface AgentErrorParts {
  readonly code: ErrorCode;
  /** Lower-case, values in backticks, no secret, no host path where a guest or client may read it. */
  readonly message: string;
  /** Extra fields of the reply, such as `task_id`. */
  readonly details?: JsonObject;
  /** The policy rule that refused, where one did. */
  readonly rule?: string;
  /** Replaces the catalogue's remedy where this case has a better one. */
  readonly remedy?: string;
  readonly cause?: unknown;
}

/** The only error class that is thrown on purpose. Its code is a row of the catalogue. */
export class AgentError extends Error {
  override readonly name = 'AgentError';
  readonly code: ErrorCode;
  readonly details: JsonObject;
  readonly rule: string | null;
  readonly remedy: string | null;

  constructor({ code, message, details = {}, rule, remedy, cause }: AgentErrorParts) {
    super(message, { cause });
    this.code = code;
    this.details = details;
    this.rule = rule ?? null;
    this.remedy = remedy ?? factsOf(code).remedy;
  }
}

/** A refusal as data: what every failed request answers and every failed step carries. */
export interface Refusal {
  readonly error: string;
  readonly code: ErrorCode;
  readonly rule?: string;
  readonly remedy?: string;
  readonly retryable: boolean;
}

export const toRefusal = (error: AgentError): Refusal => ({
  error: error.message,
  code: error.code,
  ...(error.rule === null ? {} : { rule: error.rule }),
  ...(error.remedy === null ? {} : { remedy: error.remedy }),
  retryable: factsOf(error.code).retryable,
});

/** Any thrown value as an AgentError: a foreign one becomes `internal` and keeps its text to itself. */
export const toAgentError = (thrown: unknown): AgentError =>
  thrown instanceof AgentError
    ? thrown
    : new AgentError({ code: 'internal', message: 'internal error', cause: thrown });

import type { JsonObject } from '../vocabulary/json.ts';

/** A command that ends with a message for the user and an exit code for the script. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure';
  readonly exitCode: number;
  /** The agent's refusal, where there is one; printed whole with `--json`. */
  readonly refusal: JsonObject | null;

  constructor(exitCode: number, message: string, refusal: JsonObject | null = null) {
    super(message);
    this.exitCode = exitCode;
    this.refusal = refusal;
  }
}

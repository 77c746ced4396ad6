/** How long, and how many: against clients that hold connections and say nothing (attack 167). */
export interface HttpTiming {
  /** From the connection, or the end of the last answer, to the end of the next head. */
  readonly headersMs: number;
  /** From the first byte of a request to its last. */
  readonly requestMs: number;
  /** Without any traffic, also while an answer waits to be read. */
  readonly silenceMs: number;
  readonly keepAliveMs: number;
  /** How often the two first are looked at. */
  readonly checkMs: number;
  /** What a closing server gives to answers that are under way. */
  readonly closeMs: number;
  /** Under the 1024 descriptors of the unit, cells and files included. */
  readonly maxConnections: number;
}

export const HTTP_TIMING: HttpTiming = {
  headersMs: 20_000,
  requestMs: 30_000,
  silenceMs: 120_000,
  keepAliveMs: 10_000,
  checkMs: 500,
  closeMs: 2_000,
  maxConnections: 700,
};

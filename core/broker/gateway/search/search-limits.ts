const MIB = 1024 * 1024;

/** Every bound of the search gateway in one place. */
export interface SearchLimits {
  /** Files in one index. */
  readonly files: number;
  /** Files that one walk may name; those beyond `files` are only counted. */
  readonly walked: number;
  readonly depth: number;
  readonly fileBytes: number;
  /** UTF-8 bytes of text in all indexes together. */
  readonly textBytes: number;
  readonly indexes: number;
  /** One message to the index thread: so many files or so much text, whichever comes first. */
  readonly batchFiles: number;
  readonly batchBytes: number;
  /** How long the index thread may work on one message before it is ended. */
  readonly requestMs: number;
  readonly hits: number;
  readonly answerBytes: number;
}

export const SEARCH_LIMITS: SearchLimits = {
  files: 10_000,
  walked: 20_000,
  depth: 32,
  fileBytes: 2 * MIB,
  textBytes: 64 * MIB,
  indexes: 16,
  batchFiles: 128,
  batchBytes: MIB,
  requestMs: 30_000,
  hits: 50,
  answerBytes: 256 * 1024,
};

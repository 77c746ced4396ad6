/** A Linux call that failed. `code` is errno's name, as Node's own errors carry it. Never a path. */
export class LinuxError extends Error {
  override readonly name = 'LinuxError';
  readonly code: string;

  constructor(call: string, code: string) {
    super(`${call} failed with \`${code}\``);
    this.code = code;
  }
}

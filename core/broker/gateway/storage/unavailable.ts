import { AgentError } from '../../../vocabulary/errors.ts';

/** Why a name leads to nothing that may be used. It stays inside: log and `cause`, never the answer. */
export class Unavailable extends Error {
  override readonly name = 'Unavailable';
}

/** Errors of the kernel that say something about the name, not about the state of this machine. */
const ABOUT_THE_NAME: ReadonlySet<string> = new Set([
  ...['ENOENT', 'ENOTDIR', 'EISDIR', 'ELOOP', 'EXDEV', 'EACCES', 'EPERM'],
  ...['ENXIO', 'ENODEV', 'ENAMETOOLONG', 'EINVAL', 'ESTALE'],
]);

// The attacker picks the name and reads the answer. Missing, out of scope, blocked, a link, a device, a
// mount: one code, one message, so that the answer tells nothing about what lies outside (attack 116).

/** Any failure of the gateway as the error that may leave it. */
export const asRefusal = (kind: 'file' | 'folder', thrown: unknown): AgentError => {
  if (thrown instanceof AgentError) return thrown;
  return thrown instanceof Unavailable || ABOUT_THE_NAME.has(codeOf(thrown))
    ? new AgentError({
        code: 'not_available',
        message: `${kind} not available`,
        cause: thrown,
      })
    : new AgentError({ code: 'storage_failed', message: 'storage failed', cause: thrown });
};

/** errno's name, or the empty string for what is no system error. */
export const codeOf = (thrown: unknown): string =>
  thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : '';

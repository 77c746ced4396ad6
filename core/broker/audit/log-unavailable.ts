import { basename } from 'node:path';
import { AgentError } from '../../vocabulary/errors.ts';

interface Damage {
  readonly file: string;
  readonly line?: number | null;
  readonly detail: string;
  readonly cause?: unknown;
}

/** One sentence for people: which file, which line, what is wrong. */
export const describeDamage = ({ file, line = null, detail }: Damage): string =>
  `audit log \`${basename(file)}\`${line === null ? '' : ` line \`${line}\``}: ${detail}`;

/** The refusal of a log that cannot be read or written. */
export const logUnavailable = (damage: Damage): AgentError => new AgentError(partsOf(damage));

/** The refusal of a log that cannot be trusted; `details` name the file and line. */
export const logDamaged = (damage: Damage): AgentError =>
  new AgentError({
    ...partsOf(damage),
    remedy: 'find out who changed the log, then move it, its archives and its checkpoint aside',
  });

const partsOf = (damage: Damage) => ({
  code: 'log_unavailable' as const,
  message: describeDamage(damage),
  details: { file: basename(damage.file), line: damage.line ?? null },
  cause: damage.cause,
});

import { AgentError } from '../../vocabulary/errors.ts';

/** A request that is refused as it stands; the text is the wire contract's where it has one. */
export const invalid = (message: string, remedy?: string): AgentError =>
  new AgentError({
    code: 'invalid_request',
    message,
    ...(remedy === undefined ? {} : { remedy }),
  });

const SHOWN = 200;

/** A value of the caller for an error text: its first 200 code points. */
export const shown = (text: string): string => {
  const points = Array.from(text.slice(0, 2 * SHOWN + 2));
  return points.length > SHOWN ? `${points.slice(0, SHOWN).join('')}…` : text;
};

import { equalSecrets, sha256 } from '../../vocabulary/digest.ts';
import { AgentError } from '../../vocabulary/errors.ts';
import { trimLikePython } from './python-text.ts';

/** The bearer tokens as they lie on disk now: read at each request, so that rotation needs no restart. */
export interface TokenPower {
  ui(): TokenRead;
  containment(): TokenRead;
  /** There is none in most installations: then nobody installs plugins over this socket. */
  operator(): TokenRead;
}

export type TokenRead =
  | { readonly ok: true; readonly token: string }
  | {
      readonly ok: false;
      /** True where there is no such file at all, false where there is one that may not be used. */
      readonly absent: boolean;
    };

export interface AuthRules {
  readonly tokens: TokenPower;
  /** Development over loopback TCP only: an absent token lets everyone in. */
  readonly openWithoutToken: boolean;
}

/** Stopping the agent is another right than using it, and changing what it runs a third: each token fits its own paths alone. */
export const FREEZE_PATHS: readonly string[] = ['/api/v1/freeze', '/v1/containment/freeze'];

/**
 * Lets a request pass or refuses it. The attacker controls path, method and header, so the answer depends on
 * the canonical path alone: everything below /v1 and /api/v1 needs a token, known or not, whatever the method
 * (wire contract sections 5 and 32.6, attack 175). Tokens are compared by digest in constant time.
 * @throws AgentError unauthorized, auth_unavailable
 */
export const authenticate = (
  path: string,
  { authorization }: { readonly authorization?: readonly string[] | undefined },
  rules: AuthRules,
): void => {
  if (!/^(?:\/api)?\/v1(?:\/|$)/.test(path)) return;
  const operator = isOperatorPath(path);
  const known = operator
    ? operatorToken(rules.tokens)
    : FREEZE_PATHS.includes(path)
      ? rules.tokens.containment()
      : rules.tokens.ui();
  if (!known.ok) {
    if (known.absent && rules.openWithoutToken && !operator) return;
    throw new AgentError({
      code: 'auth_unavailable',
      message: 'service authentication unavailable',
    });
  }
  const candidate = bearer(authorization);
  if (candidate === undefined || !equalSecrets(sha256(candidate), sha256(known.token)))
    throw new AgentError({ code: 'unauthorized', message: 'unauthorized' });
};

/** Whether a canonical path is the operator's. */
const isOperatorPath = (path: string): boolean => /^\/v1\/operator(?:\/|$)/.test(path);

// Who uses the agent must not decide what it runs. A file with the token of the UI or of the freeze in it as
// well is no operator's token, whoever wrote it there.
const operatorToken = (tokens: TokenPower): TokenRead => {
  const own = tokens.operator();
  if (!own.ok) return own;
  const shared = [tokens.ui(), tokens.containment()].some(
    (other) => other.ok && equalSecrets(sha256(other.token), sha256(own.token)),
  );
  return shared ? { ok: false, absent: false } : own;
};

// Two Authorization headers are two opinions, and another program may read the other one: none counts.
const bearer = (authorization: readonly string[] | undefined): string | undefined => {
  const [value, ...more] = authorization ?? [];
  if (value === undefined || more.length > 0 || !value.startsWith('Bearer ')) return undefined;
  return trimLikePython(value.slice('Bearer '.length));
};

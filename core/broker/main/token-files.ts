import type { Log } from '../../vocabulary/log.ts';
import type { TokenPower, TokenRead } from '../http/authenticate.ts';
import type { SecretSource } from './config.ts';
import { readSecretFile, type SecretFilePower, tokenOf } from './secret-file.ts';

interface TokenFilesDeps {
  readonly ui: SecretSource | null;
  readonly containment: SecretSource | null;
  readonly operator: SecretSource | null;
  readonly files: SecretFilePower;
  readonly log: Log;
}

/** The bearer tokens, read from their files at each request; a fault is logged when it changes. */
export const makeTokenFiles = ({
  ui,
  containment,
  operator,
  files,
  log,
}: TokenFilesDeps): TokenPower => {
  const reader = (source: SecretSource | null, variable: string): (() => TokenRead) => {
    let lastProblem: string | undefined;
    return () => {
      const read = readToken(source, variable, files);
      const problem = read.ok ? undefined : read.problem;
      if (problem !== undefined && problem !== lastProblem)
        log.warn({ problem }, 'service authentication unavailable');
      lastProblem = problem;
      return read;
    };
  };
  return Object.freeze({
    ui: reader(ui, 'AGENT_UI_TOKEN_PATH'),
    containment: reader(containment, 'AGENT_CONTAINMENT_TOKEN_PATH'),
    operator: reader(operator, 'AGENT_OPERATOR_TOKEN_PATH'),
  });
};

type TokenOutcome =
  | { readonly ok: true; readonly token: string }
  | { readonly ok: false; readonly absent: boolean; readonly problem: string };

/** One token now, or why there is none, in words for whoever starts the agent. */
export const readToken = (
  source: SecretSource | null,
  variable: string,
  files: SecretFilePower,
): TokenOutcome => {
  const secret = readSecretFile(source, 'token', variable, files);
  if (!secret.ok) return secret;
  const token = tokenOf(secret.bytes);
  if (token !== undefined) return { ok: true, token };
  const problem = `\`${source?.variable}\` names \`${source?.path}\`, which holds no UTF-8 token of 16 characters or more`;
  return { ok: false, absent: false, problem };
};

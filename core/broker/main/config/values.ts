import { AgentError } from '../../../vocabulary/errors.ts';
import { loopbackPort } from './loopback.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** A variable's value; an empty one counts as not set, as systemd and shells leave them. */
export const settingOf = (env: Environment, variable: string): string | undefined => {
  const value = Object.hasOwn(env, variable) ? env[variable] : undefined;
  return value === '' ? undefined : value;
};

/** @throws AgentError configuration unless the path is absolute and written in one way only */
export const folderOrFile = (env: Environment, variable: string): string | undefined => {
  const path = settingOf(env, variable);
  if (path === undefined) return undefined;
  const plain =
    path.startsWith('/') &&
    !path.includes('\0') &&
    path
      .slice(1)
      .split('/')
      .every((segment) => segment !== '' && segment !== '.' && segment !== '..');
  if (plain) return path;
  throw badValue(variable, path, 'name an absolute path without `.`, `..` or `//`');
};

/** A whole number, clamped as the predecessor did. @throws AgentError configuration for anything else */
export const numberWithin = (
  env: Environment,
  variable: string,
  fallback: number,
  least: number,
  most: number,
): number => {
  const text = settingOf(env, variable);
  if (text === undefined) return fallback;
  if (!/^\d{1,9}$/.test(text))
    throw badValue(variable, text, `give a whole number from ${least} to ${most}`);
  return Math.min(Math.max(Number(text), least), most);
};

const SCHEME = 'http://';

/** The origin of a peer. @throws AgentError configuration unless it is plain `http://127.0.0.1:PORT` */
export const peerUrl = (env: Environment, variable: string): string | undefined => {
  const text = settingOf(env, variable);
  if (text === undefined) return undefined;
  const authority = text.startsWith(SCHEME) ? text.slice(SCHEME.length).replace(/\/$/, '') : '';
  if (loopbackPort(authority) !== undefined) return `${SCHEME}${authority}`;
  throw new AgentError({
    code: 'configuration',
    // The value is not shown: it may hold credentials.
    message: `\`${variable}\` is not the plain address of a peer`,
    remedy: 'give `http://127.0.0.1:PORT` without path, query or credentials',
  });
};

export const badValue = (variable: string, value: string, remedy: string): AgentError =>
  new AgentError({
    code: 'configuration',
    message: `\`${variable}\` has the unusable value ${JSON.stringify(value.slice(0, 200))}`,
    remedy,
  });

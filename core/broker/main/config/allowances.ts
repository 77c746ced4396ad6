import { AgentError } from '../../../vocabulary/errors.ts';
import { badValue, type Environment, settingOf } from './values.ts';

/** What development may do without. Each is true only in development mode. */
export interface Allowances {
  /** Starts without the five files that production demands, and says so in the log and in /health. */
  readonly devMode: boolean;
  readonly insecureNoAuth: boolean;
  readonly missingPolicy: boolean;
  readonly ephemeralKeys: boolean;
  /** Goes on where the kernel lacks a layer of the wall; everything that is answered then says so. */
  readonly weakSandbox: boolean;
}

/**
 * Reads the five switches that weaken the agent. Each of the other names alone is a refusal: a unit
 * file that still carries one must not seem to work.
 * @throws AgentError configuration
 */
export const readAllowances = (env: Environment): Allowances => {
  const devMode = isOn(env, 'SECAI_DEV_MODE');
  const onlyInDev = (variable: string): boolean => {
    const on = isOn(env, variable);
    if (on && !devMode)
      throw new AgentError({
        code: 'configuration',
        message: `\`${variable}=1\` works only together with \`SECAI_DEV_MODE=1\``,
        remedy: `unset \`${variable}\` in production; set \`SECAI_DEV_MODE=1\` too in development`,
      });
    return on;
  };
  return {
    devMode,
    insecureNoAuth: onlyInDev('SECAI_ALLOW_INSECURE_NO_AUTH'),
    missingPolicy: onlyInDev('SECAI_ALLOW_MISSING_AGENT_POLICY'),
    ephemeralKeys: onlyInDev('SECAI_ALLOW_EPHEMERAL_AGENT_KEYS'),
    weakSandbox: onlyInDev('SECAI_ALLOW_WEAK_SANDBOX'),
  };
};

const isOn = (env: Environment, variable: string): boolean => {
  const value = settingOf(env, variable);
  if (value === undefined || value === '0') return false;
  if (value === '1') return true;
  throw badValue(variable, value, 'set `1` or nothing');
};

import { pino } from 'pino';
import { toAgentError } from '../../vocabulary/errors.ts';
import { type Broker, compose } from './compose.ts';
import { readConfig } from './config.ts';
import { makePowers, type Powers } from './powers.ts';

/**
 * The broker as a process: reads its environment, stands or says why not, and stops at SIGTERM.
 * @param powers others only in tests, which stop the process at a chosen effect
 */
export const serve = async (
  env: NodeJS.ProcessEnv,
  powers: Powers = makePowers(),
): Promise<void> => {
  process.exitCode = 1;
  process.umask(0o077);
  const log = pino({ base: { service: 'agent' } }, pino.destination({ dest: 1, sync: true }));
  let broker: Broker;
  try {
    const config = readConfig(env);
    if (config.allow.devMode) log.error({}, 'DEVELOPMENT MODE: not for production');
    broker = await compose(config, powers, log);
    log.info({ address: config.address, pid: process.pid }, 'the agent listens');
  } catch (thrown) {
    const error = toAgentError(thrown);
    log.fatal(
      { code: error.code, remedy: error.remedy, cause: causeText(error.cause) },
      error.message,
    );
    process.exit(1);
  }
  const stop = (signal: NodeJS.Signals): void => {
    log.info({ signal }, 'the agent stops');
    broker.close().then(
      () => process.exit(0),
      (thrown: unknown) => {
        log.fatal({ cause: causeText(thrown) }, 'the agent did not stop cleanly');
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  process.exitCode = 0;
};

// Our own faults only: what a request or a plugin caused has its own record without foreign text.
const causeText = (cause: unknown): string | undefined =>
  cause instanceof Error ? (cause.stack ?? cause.message) : undefined;

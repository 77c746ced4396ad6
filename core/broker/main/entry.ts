import { type Logger, pino } from 'pino';
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
  process.umask(0o077);
  const log = pino({ base: { service: 'agent' } }, pino.destination({ dest: 1, sync: true }));
  // Heard from the first moment: whoever sees the socket answer may already send the signal.
  const stopAsked = signalOf('SIGTERM', 'SIGINT');
  const broker = await stand(env, powers, log);
  log.info({ signal: await stopAsked }, 'the agent stops');
  try {
    await broker.close();
    process.exit(0);
  } catch (thrown) {
    log.fatal({ cause: causeText(thrown) }, 'the agent did not stop cleanly');
    process.exit(1);
  }
};

const stand = async (env: NodeJS.ProcessEnv, powers: Powers, log: Logger): Promise<Broker> => {
  try {
    const config = readConfig(env);
    if (config.allow.devMode) {
      log.level = 'debug';
      log.error({}, 'DEVELOPMENT MODE: not for production');
    }
    const broker = await compose(config, powers, log);
    log.info({ address: config.address, pid: process.pid }, 'the agent listens');
    return broker;
  } catch (thrown) {
    const error = toAgentError(thrown);
    const { code, remedy } = error;
    log.fatal({ code, remedy, cause: causeText(error.cause) }, error.message);
    return process.exit(1);
  }
};

const signalOf = (...signals: readonly NodeJS.Signals[]): Promise<NodeJS.Signals> =>
  new Promise((resolve) => {
    for (const signal of signals) process.once(signal, resolve);
  });

// Our own faults only: what a request or a plugin caused has its own record without foreign text.
const causeText = (cause: unknown): string | undefined =>
  cause instanceof Error ? (cause.stack ?? cause.message) : undefined;

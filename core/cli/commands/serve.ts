import { Command } from 'commander';
import { BROKER_FLAGS } from '../broker-flags.ts';
import { fromHere } from '../command-context.ts';

/** `secai-agent serve`: becomes the broker. It takes its settings from the environment alone. */
export const serveCommand = (): Command =>
  new Command('serve')
    .description('run the agent until SIGTERM; settings come from the environment (see README)')
    .option('--json', 'the service log is always JSON; accepted for symmetry', false)
    .option('--socket <path>', 'listen here instead of BIND_ADDR')
    .action(async (options: { socket?: string }) => {
      if (options.socket !== undefined)
        process.env['BIND_ADDR'] = `unix:${fromHere(options.socket.replace(/^unix:/, ''))}`;
      becomeJitless();
      const { serve } = await import('../../broker/main/entry.ts');
      await serve(process.env);
    });

// The broker runs without a JIT: no page of it is ever writable and executable. The process replaces
// itself, so the pid that a supervisor or a script knows stays the same.
const becomeJitless = (): void => {
  if (BROKER_FLAGS.every((flag) => process.execArgv.includes(flag))) return;
  const { NODE_OPTIONS: _dropped, ...env } = process.env;
  process.execve?.(
    process.execPath,
    [process.execPath, ...BROKER_FLAGS, ...process.argv.slice(1)],
    env,
  );
  throw new Error('cannot restart without a JIT');
};

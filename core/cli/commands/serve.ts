import { Command } from 'commander';
import { becomeBroker } from '../become-broker.ts';
import { fromHere } from '../command-context.ts';

/** `secai-agent serve`: becomes the broker. It takes its settings from the environment alone. */
export const serveCommand = (): Command =>
  new Command('serve')
    .description('run the agent until SIGTERM; settings come from the environment (see README)')
    .option('--json', 'the service log is always JSON; accepted for symmetry', false)
    .option('--socket <path>', 'listen here instead of BIND_ADDR')
    .option(
      '--allow-weak-sandbox',
      'in development, go on where the kernel lacks a layer of the wall',
      false,
    )
    .action(async (options: { socket?: string; allowWeakSandbox: boolean }) => {
      if (options.allowWeakSandbox) process.env['SECAI_ALLOW_WEAK_SANDBOX'] = '1';
      if (options.socket !== undefined)
        process.env['BIND_ADDR'] = `unix:${fromHere(options.socket.replace(/^unix:/, ''))}`;
      becomeBroker();
      const { start } = await import('../../broker/main/start.ts');
      await start(process.env);
    });

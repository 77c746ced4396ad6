import { Command } from 'commander';
import { loopbackPort } from '../../broker/main/config/loopback.ts';
import { contextOf, fromHere } from '../command-context.ts';
import { CommandFailure } from '../command-failure.ts';
import { EXIT } from '../exit-codes.ts';

/** `secai-agent firewall ...`: the tool firewall alone, as a service of its own. */
export const firewallCommand = (): Command => {
  const firewall = new Command('firewall').description('the tool firewall as a service of its own');
  firewall
    .command('serve')
    .description('decide tool calls at a loopback port until SIGTERM; it runs no tool')
    .requiredOption('--policy <file>', 'the policy file; POST /v1/reload reads it again')
    .requiredOption(
      '--token-file <file>',
      'the bearer token: 32 to 4096 bytes, for its owner alone (mode 0600)',
    )
    .requiredOption('--listen <address>', '127.0.0.1:PORT, where port 0 is any free one')
    .option('--root <folder>', 'a folder that stands for `/` where paths are looked up, for tests')
    .option('--audit <file>', 'append each verdict here; where that fails nothing is allowed')
    .option('--json', 'print JSON', false)
    .addHelpText('after', SERVE_HELP)
    .action(async (options: ServeOptions) => {
      const { runFirewall } = await import('../firewall/run-firewall.ts');
      await runFirewall({
        policy: fromHere(options.policy),
        tokenFile: fromHere(options.tokenFile),
        port: portOf(options.listen),
        root: options.root === undefined ? '' : fromHere(options.root),
        audit: options.audit === undefined ? undefined : fromHere(options.audit),
        print: contextOf({ json: options.json }).print,
      });
    });
  return firewall;
};

interface ServeOptions {
  readonly policy: string;
  readonly tokenFile: string;
  readonly listen: string;
  readonly root?: string;
  readonly audit?: string;
  readonly json: boolean;
}

const SERVE_HELP = `
Endpoints: POST /v1/evaluate, /v1/stats and POST /v1/reload with the bearer token, /health without.
A policy file that is refused at a reload leaves the one before it in force.`;

const portOf = (listen: string): number => {
  const port = listen === '127.0.0.1:0' ? 0 : loopbackPort(listen);
  if (port !== undefined) return port;
  throw new CommandFailure(
    EXIT.usage,
    `--listen: \`${listen.slice(0, 200)}\` is not an address of this machine alone; give \`127.0.0.1:PORT\``,
  );
};

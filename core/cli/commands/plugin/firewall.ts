import type { Command } from 'commander';
import type { FirewallFeed } from '../../../broker/catalog/firewall-feed.ts';
import { contextOf } from '../../command-context.ts';
import { EXIT } from '../../exit-codes.ts';
import { loadAgentPolicy } from '../../load-agent-policy.ts';
import { type OperatorOptions, withOperatorOptions } from '../../operator-context.ts';
import { linesVisible } from '../../shown-text.ts';

/** `secai-agent plugin firewall`: the tool firewall's policy, made from the manifests. */
export const addFirewall = (plugin: Command): void => {
  withOperatorOptions(plugin.command('firewall'))
    .description('print the policy of the tool firewall that the manifests of the tools amount to')
    .option(
      '--policy <file>',
      'the policy file that states the scopes (default: AGENT_POLICY_PATH, else the installed one)',
    )
    .addHelpText('after', HELP)
    .action(async (options) => {
      const { policy, withheld } = await feedOf(options.policy, options);
      const { toFirewallYaml } = await import(
        '../../../broker/gateway/firewall/policy/to-firewall-yaml.ts'
      );
      const { version, ...tools } = policy;
      contextOf(options).print(
        JSON.parse(JSON.stringify({ policy: { version, tools }, withheld })),
        () => toFirewallYaml(policy).trimEnd(),
      );
      for (const { findings } of withheld) {
        for (const { pointer, rule, problem, mend } of findings) {
          const line = `withheld: ${pointer}: ${problem}; ${mend} (${rule})`;
          process.stderr.write(`secai-agent: ${linesVisible(line)}\n`);
        }
      }
      if (withheld.length > 0) process.exitCode = EXIT.failed;
    });
};

const HELP = `
Of the shipped plugins; with the operator's token of those that the running agent has enabled, installed ones included.
A tool that the firewall could not hold is left out, said on stderr with what to mend, and ends the command with 1.

Exit codes:
  0  printed
  1  a tool was left out, or the policy file is wrong
  4  the policy file cannot be read, or no agent answers`;

const feedOf = async (
  policyFile: string | undefined,
  options: OperatorOptions,
): Promise<FirewallFeed> => {
  const { feedFirewall } = await import('../../../broker/catalog/firewall-feed.ts');
  const { enabledEntries } = await import('../../plugin/enabled-entries.ts');
  const { blockedPaths } = await import('../../../broker/main/blocked-paths.ts');
  const { readConfig } = await import('../../../broker/main/config.ts');
  const scopes = await loadAgentPolicy(policyFile);
  const tools = await enabledEntries(options);
  return feedFirewall(tools, scopes, { blocked: blockedPaths(readConfig(process.env)) });
};

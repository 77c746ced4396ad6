import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import type { AgentPolicy } from '../../broker/policy/agent-policy.ts';
import { type MatrixRow, policyMatrix } from '../../broker/policy/policy-matrix.ts';
import { policyShow } from '../../broker/policy/policy-show.ts';
import { PACKAGE_ROOT } from '../../vocabulary/package-root.ts';
import { contextOf, fromHere, withSharedOptions } from '../command-context.ts';
import { CommandFailure } from '../command-failure.ts';
import { EXIT } from '../exit-codes.ts';

/** `secai-agent policy ...`: reads the policy file itself; no agent needs to run. */
export const policyCommand = (): Command => {
  const policy = new Command('policy').description('what the policy file means');
  withPolicyFile(policy.command('show'))
    .description('the policy in force: every setting, default and floor, and the rules in order')
    .action(async (options) => {
      const shown = policyShow(await loadPolicy(options.policy));
      contextOf(options).print(shown, () => JSON.stringify(shown, null, 2));
    });
  withPolicyFile(policy.command('matrix'))
    .description('the decision for every action, mode and preference, with online off and on')
    .action(async (options) => {
      const { loadShipped } = await import('../../broker/catalog/load-shipped.ts');
      const shipped = await loadShipped({ readFile, packageRoot: PACKAGE_ROOT });
      const steps = shipped.filter(({ kind }) => kind === 'step');
      const built = new Map(steps.map((step) => [step.action, step]));
      const rows = policyMatrix(await loadPolicy(options.policy), built);
      contextOf(options).print(
        rows.map((row) => ({ ...row })),
        () => rows.map(rowText).join('\n'),
      );
    });
  return policy;
};

const withPolicyFile = (command: Command): Command =>
  withSharedOptions(command).option(
    '--policy <file>',
    'the policy file (default: AGENT_POLICY_PATH, else the installed one)',
  );

const DEFAULT_POLICY = '/etc/secure-ai/policy/agent.yaml';

const loadPolicy = async (named: string | undefined): Promise<AgentPolicy> => {
  const file = fromHere(named ?? process.env['AGENT_POLICY_PATH'] ?? DEFAULT_POLICY);
  const bytes = await readFile(file).catch(() => {
    throw new CommandFailure(
      EXIT.unreachable,
      `cannot read the policy file \`${file}\`; name another with --policy`,
    );
  });
  // Here and not at the top: what parses documents takes 0.2 s to load, and every command loads this file,
  // `serve` twice over.
  const { parseAgentPolicy } = await import('../../broker/policy/parse-agent-policy.ts');
  return parseAgentPolicy(bytes, file);
};

const rowText = (row: MatrixRow): string =>
  [
    row.action.padEnd(17),
    row.mode.padEnd(15),
    row.preference.padEnd(7),
    row.online ? 'online ' : 'offline',
    row.decision.padEnd(5),
    row.reason,
  ].join('  ');

import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { type MatrixRow, policyMatrix } from '../../broker/policy/policy-matrix.ts';
import { policyShow } from '../../broker/policy/policy-show.ts';
import { PACKAGE_ROOT } from '../../vocabulary/package-root.ts';
import { contextOf, withSharedOptions } from '../command-context.ts';
import { loadAgentPolicy } from '../load-agent-policy.ts';

/** `secai-agent policy ...`: reads the policy file itself; no agent needs to run. */
export const policyCommand = (): Command => {
  const policy = new Command('policy').description('what the policy file means');
  withPolicyFile(policy.command('show'))
    .description('the policy in force: every setting, default and floor, and the rules in order')
    .action(async (options) => {
      const shown = policyShow(await loadAgentPolicy(options.policy));
      contextOf(options).print(shown, () => JSON.stringify(shown, null, 2));
    });
  withPolicyFile(policy.command('matrix'))
    .description('the decision for every action, mode and preference, with online off and on')
    .action(async (options) => {
      const { loadShipped } = await import('../../broker/catalog/load-shipped.ts');
      const shipped = await loadShipped({ readFile, packageRoot: PACKAGE_ROOT });
      const steps = shipped.filter(({ kind }) => kind === 'step');
      const built = new Map(steps.map((step) => [step.action, step]));
      const rows = policyMatrix(await loadAgentPolicy(options.policy), built);
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

const rowText = (row: MatrixRow): string =>
  [
    row.action.padEnd(17),
    row.mode.padEnd(15),
    row.preference.padEnd(7),
    row.online ? 'online ' : 'offline',
    row.decision.padEnd(5),
    row.reason,
  ].join('  ');

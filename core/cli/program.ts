import { Command, CommanderError } from 'commander';
import { AgentError } from '../vocabulary/errors.ts';
import { CommandFailure } from './command-failure.ts';
import { auditCommand } from './commands/audit.ts';
import { policyCommand } from './commands/policy.ts';
import { serveCommand } from './commands/serve.ts';
import { taskCommand } from './commands/task.ts';
import { versionCommand } from './commands/version.ts';
import { EXIT, EXIT_HELP } from './exit-codes.ts';

/** Runs one command line and answers the exit code. */
export const runProgram = async (args: readonly string[]): Promise<number> => {
  const program = new Command('secai-agent')
    .description(
      'A supervised local autopilot: plans an intent, asks at risky boundaries, runs every step in a fresh isolate',
    )
    .addHelpText('after', EXIT_HELP)
    .exitOverride();
  for (const command of [
    serveCommand(),
    taskCommand(),
    auditCommand(),
    policyCommand(),
    versionCommand(),
  ]) {
    program.addCommand(command);
  }
  for (const command of everyCommand(program)) command.exitOverride();
  try {
    await program.parseAsync([...args], { from: 'user' });
    return Number(process.exitCode ?? EXIT.ok);
  } catch (thrown) {
    return report(thrown, args.includes('--json'));
  }
};

const everyCommand = (command: Command): readonly Command[] => [
  command,
  ...command.commands.flatMap(everyCommand),
];

const report = (thrown: unknown, json: boolean): number => {
  // Commander has printed its own message: help is no error, all else is a wrong command line.
  if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? EXIT.ok : EXIT.usage;
  if (thrown instanceof CommandFailure) {
    if (json && thrown.refusal !== null)
      process.stdout.write(`${JSON.stringify(thrown.refusal)}\n`);
    process.stderr.write(`secai-agent: ${thrown.message}\n`);
    return thrown.exitCode;
  }
  if (thrown instanceof AgentError) {
    const remedy = thrown.remedy === null ? '' : `\n${thrown.remedy}`;
    process.stderr.write(`secai-agent: ${thrown.message}${remedy}\n`);
    return EXIT.failed;
  }
  throw thrown;
};

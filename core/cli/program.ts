import { Command, CommanderError } from 'commander';
import { AgentError, toRefusal } from '../vocabulary/errors.ts';
import { CommandFailure } from './command-failure.ts';
import { serveCommand } from './commands/serve.ts';
import { EXIT, EXIT_HELP } from './exit-codes.ts';
import { linesVisible } from './shown-text.ts';

/** Runs one command line and answers the exit code. */
export const runProgram = async (args: readonly string[]): Promise<number> => {
  const program = new Command('secai-agent')
    .description(
      'A supervised local autopilot: plans an intent, asks at risky boundaries, runs every step in a fresh isolate',
    )
    .addHelpText('after', EXIT_HELP)
    .exitOverride();
  for (const command of await commandsFor(args)) program.addCommand(command);
  for (const command of everyCommand(program)) {
    command.exitOverride().showHelpAfterError('(--help says how)');
  }
  endWithTheReader();
  try {
    await program.parseAsync([...args], { from: 'user' });
    return Number(process.exitCode ?? EXIT.ok);
  } catch (thrown) {
    return report(thrown, args);
  }
};

// What the others import takes a sixth of the time in which `serve` starts, and it would keep that as long as it runs.
const commandsFor = async ([first]: readonly string[]): Promise<readonly Command[]> =>
  first === 'serve' ? [serveCommand()] : (await import('./all-commands.ts')).allCommands();

const everyCommand = (command: Command): readonly Command[] => [
  command,
  ...command.commands.flatMap(everyCommand),
];

const report = (thrown: unknown, args: readonly string[]): number => {
  // Commander has printed its own message: help is no error, all else is a wrong command line.
  if (thrown instanceof CommanderError) {
    if (thrown.exitCode === 0) return EXIT.ok;
    // What `probe` answers with 2 is an escape, and no typing error.
    return args[0] === 'probe' ? EXIT.failed : EXIT.usage;
  }
  if (thrown instanceof CommandFailure) {
    if (args.includes('--json') && thrown.refusal !== null)
      process.stdout.write(`${JSON.stringify(thrown.refusal)}\n`);
    process.stderr.write(`secai-agent: ${linesVisible(thrown.message)}\n`);
    return thrown.exitCode;
  }
  if (thrown instanceof AgentError) {
    const { code, message, remedy } = thrown;
    const more = remedy === null || message.includes(remedy) ? '' : `\n${remedy}`;
    if (args.includes('--json')) process.stdout.write(`${JSON.stringify(toRefusal(thrown))}\n`);
    process.stderr.write(`secai-agent: ${linesVisible(message + more)}\n(${code})\n`);
    return EXIT.failed;
  }
  throw thrown;
};

// `secai-agent task list | head -1` closes our output early, which is how a pipe ends and no failure.
const endWithTheReader = (): void => {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(EXIT.ok);
  });
};

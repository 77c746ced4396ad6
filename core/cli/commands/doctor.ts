import { Command, Option } from 'commander';
import { PROFILE_NAMES, type ProfileName } from '../../vocabulary/enums.ts';
import { EXIT } from '../exit-codes.ts';

const HELP = `
It starts the real spawner and real cells, and a process behind the broker's own lock, and lets each try
what it must not do: against files, listeners and a process of its own, so nothing else moves. No agent
needs to run. Each row says what was tried, what the kernel answered, and which layer did. A row that is
marked NO fails the examination, one marked i is for information.

As root it shows what a cell of a service is; as an ordinary user, what a cell of yours is.

Exit codes: 0 every mandatory row is enforced, 1 one is not.`;

/** `secai-agent doctor`: whether the wall stands on this machine, by trying it. */
export const doctorCommand = (): Command =>
  new Command('doctor')
    .description('try the wall on this machine: every forbidden act, from broker, spawner and cell')
    .option('--json', 'print JSON', false)
    .addOption(
      new Option('--profile <name>', 'only cells of this profile').choices([...PROFILE_NAMES]),
    )
    .addHelpText('after', HELP)
    .action(async (options: { json: boolean; profile?: ProfileName }) => {
      const { examine } = await import('../doctor/examine.ts');
      const { startCells } = await import('../doctor/start-cells.ts');
      const { verdictJson } = await import('../doctor/verdict.ts');
      const { verdictText } = await import('../doctor/verdict-text.ts');
      const verdict = await examine({
        profiles: options.profile === undefined ? PROFILE_NAMES : [options.profile],
        onProgress: process.stderr.isTTY ? showProgress : () => {},
        startCells,
      });
      if (process.stderr.isTTY) process.stderr.write(CLEAR_LINE);
      process.stdout.write(
        `${options.json ? JSON.stringify(verdictJson(verdict)) : verdictText(verdict)}\n`,
      );
      if (!verdict.ok) process.exitCode = EXIT.failed;
    });

const CLEAR_LINE = '\r\u001b[K';

const showProgress = (text: string): void => {
  process.stderr.write(`${CLEAR_LINE}trying: ${text}`);
};

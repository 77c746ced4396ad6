import { randomInt } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { Command, InvalidArgumentError, Option } from 'commander';
import { PROFILE_NAMES, type ProfileName } from '../../vocabulary/enums.ts';
import { fromHere } from '../command-context.ts';
import { CommandFailure } from '../command-failure.ts';
import { EXIT, PROBE_EXIT } from '../exit-codes.ts';
import { findScripts } from '../probe/find-scripts.ts';
import { junitText } from '../probe/junit.ts';
import { reportJson } from '../probe/report-json.ts';
import { runGuests } from '../probe/run-guests.ts';
import { runOwned } from '../probe/run-owned.ts';
import { tapHead, tapLines } from '../probe/tap.ts';
import type { Verdict } from '../probe/verdict.ts';
import { writeTemplate } from '../probe/write-template.ts';
import { fit, linesVisible } from '../shown-text.ts';

const HELP = `
Each script runs as an untrusted plugin in an agent of its own making, among canaries: a variable in the agent's
environment, a file outside every scope, a Unix and a TCP socket that listen, and the data of another task. The
profile's limits bind. A script is a module or a bare body; a default-exported function is called with
(input, handles), and SECAI_CANARIES says where the canaries are. It is never evaluated outside of its cell.

  contained  nothing moved, however the script ended
  ESCAPED    a canary moved, or a system call got through that the wall refuses
  hung       the agent did not end it in time
  refused    it did not run, so nothing is known of it

With --owned a script gets a whole cell instead, after its lock and with a raw \`syscall(number, ...arguments)\`;
a shared object (.so) is loaded before the lock, and its \`attack()\` is called after it.

Exit codes:
  0  everything contained
  1  a script hung or was refused, or the probe could not run
  2  something escaped`;

interface ProbeOptions {
  readonly profile: ProfileName;
  readonly owned: boolean;
  readonly json: boolean;
  readonly junit?: string;
  readonly seed?: number;
  readonly init?: string;
}

/** `secai-agent probe PATH…`: hostile scripts against the real wall, with a verdict for each. */
export const probeCommand = (): Command =>
  new Command('probe')
    .description(
      'attack the wall with scripts of your own; says what was contained and what escaped',
    )
    .argument('[path...]', 'scripts, or folders of scripts (*.js, *.mjs, *.cjs)')
    .addOption(
      new Option('--profile <name>', 'the sandbox profile')
        .choices(PROFILE_NAMES)
        .default('vetting'),
    )
    .option('--owned', 'give each script or shared object a whole locked process', false)
    .option('--json', 'print JSON instead of TAP', false)
    .option('--junit <file>', 'write JUnit XML there too')
    .option('--seed <number>', 'repeat a run: order, clock and randomness of the scripts', toSeed)
    .option('--init <folder>', 'write templates of scripts into this folder, and run nothing')
    .addHelpText('after', HELP)
    .action(async (paths: readonly string[], options: ProbeOptions) => {
      if (options.init === undefined) return probe(paths, options);
      for (const file of writeTemplate(fromHere(options.init))) say(`written: ${file}\n`);
    });

const probe = async (paths: readonly string[], options: ProbeOptions): Promise<void> => {
  const { profile, owned, json, junit, seed = randomInt(2 ** 32) } = options;
  if (paths.length === 0) {
    throw new CommandFailure(EXIT.failed, 'name a script or a folder of scripts, or --init');
  }
  const scripts = findScripts(paths, { owned });
  if (!json) say(tapHead(scripts.length, [`profile ${profile}`, `seed ${seed}`]));
  // Its agents end with it, and what it wrote goes when it exits.
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(EXIT.failed));
  let done = 0;
  const onVerdict = (verdict: Verdict): void => {
    done += 1;
    if (!json) say(tapLines(verdict, done));
    if (process.stderr.isTTY && !process.stdout.isTTY) progress(done, scripts.length, verdict);
  };
  const verdicts = await (owned ? runOwned : runGuests)(scripts, { profile, seed, onVerdict });
  if (json) say(`${JSON.stringify(reportJson(verdicts, { profile, seed, owned }))}\n`);
  if (junit !== undefined) writeFileSync(fromHere(junit), junitText(verdicts, profile));
  process.exitCode = exitOf(verdicts);
};

const exitOf = (verdicts: readonly Verdict[]): number => {
  if (verdicts.some(({ verdict }) => verdict === 'ESCAPED')) return PROBE_EXIT.escaped;
  return verdicts.every(({ verdict }) => verdict === 'contained') ? EXIT.ok : EXIT.failed;
};

const say = (text: string): void => void process.stdout.write(text);

const progress = (done: number, count: number, { verdict, script }: Verdict): void => {
  const line = fit(linesVisible(`${done}/${count} ${verdict} ${script}`), 79);
  process.stderr.write(`\r\u001b[K${line}${done === count ? '\n' : ''}`);
};

const toSeed = (text: string): number => {
  const seed = Number(text);
  if (/^\d{1,10}$/.test(text) && seed < 2 ** 32) return seed;
  throw new InvalidArgumentError('expected a whole number below 4294967296');
};

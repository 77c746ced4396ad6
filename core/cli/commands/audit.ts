import { statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { Command, InvalidArgumentError } from 'commander';
import { parseAuditKey } from '../../broker/audit/audit-key.ts';
import { logNames } from '../../broker/audit/log-names.ts';
import { tailAudit } from '../../broker/audit/tail-audit.ts';
import { verifyAudit } from '../../broker/audit/verify-audit.ts';
import { makeAuditFilePowers } from '../../broker/main/powers/audit-files.ts';
import { contextOf, fromHere, withSharedOptions } from '../command-context.ts';
import { CommandFailure } from '../command-failure.ts';
import { EXIT } from '../exit-codes.ts';
import { visible } from '../shown-text.ts';

const DEFAULT_LOG = '/var/lib/secure-ai/logs/agent-audit.jsonl';

/** `secai-agent audit ...`: reads the log itself; no agent needs to run, and none is disturbed. */
export const auditCommand = (): Command => {
  const audit = new Command('audit').description('the tamper-evident log');

  withLog(audit.command('verify'))
    .description('verify every entry, archives first, and the checkpoint')
    .option('--key <file>', 'the HMAC key (default: AUDIT_HMAC_KEY_PATH)')
    .action(async (options) => {
      const key = await readKey(options.key);
      const verdict = await verifyAudit({
        path: logPath(options.log),
        key,
        files: makeAuditFilePowers(),
        ...(options.json || !process.stderr.isTTY ? {} : { onProgress: showProgress }),
      });
      contextOf(options).print({ ...verdict }, () =>
        verdict.valid
          ? `valid: ${verdict.entries} entries`
          : `broken: ${verdict.file ?? ''}:${verdict.broken_at ?? ''} ${verdict.detail}`,
      );
      if (!verdict.valid) process.exitCode = EXIT.failed;
    });

  withLog(audit.command('tail'))
    .description('the last entries, oldest first; not verified')
    .option('-n, --lines <count>', 'how many', toCount, 20)
    .action(async (options) => {
      const entries = await tailAudit(
        { path: logPath(options.log), files: makeAuditFilePowers() },
        options.lines,
      );
      contextOf(options).print(entries, () =>
        entries
          .map(({ timestamp, event, data }) =>
            visible(`${timestamp ?? ''}  ${event ?? 'damaged'}  ${JSON.stringify(data ?? {})}`),
          )
          .join('\n'),
      );
    });

  return audit;
};

const withLog = (command: Command): Command =>
  withSharedOptions(command).option('--log <file>', 'the log (default: AUDIT_LOG_PATH)');

// A log that is missing beside its checkpoint is damage, for the verifier to say; where neither is, the
// name is wrong.
const logPath = (named: string | undefined): string => {
  const path = fromHere(named ?? process.env['AUDIT_LOG_PATH'] ?? DEFAULT_LOG);
  const isFile = (name: string): boolean | undefined =>
    statSync(name, { throwIfNoEntry: false })?.isFile();
  const problem =
    isFile(path) === false
      ? `\`${path}\` is not a file`
      : (isFile(path) ?? isFile(logNames(path).checkpoint)) === undefined
        ? `there is no log at \`${path}\``
        : null;
  if (problem === null) return path;
  throw new CommandFailure(EXIT.unreachable, `${problem}; name another with --log`);
};

const readKey = async (named: string | undefined): Promise<Uint8Array> => {
  const file = named ?? process.env['AUDIT_HMAC_KEY_PATH'];
  if (file === undefined) {
    throw new CommandFailure(EXIT.usage, 'name the key with --key, or set AUDIT_HMAC_KEY_PATH');
  }
  const bytes = await readFile(fromHere(file)).catch(() => {
    throw new CommandFailure(EXIT.unreachable, `cannot read the key file \`${file}\``);
  });
  return parseAuditKey(bytes);
};

const toCount = (text: string): number => {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= 100_000) return count;
  throw new InvalidArgumentError('expected a whole number from 1 to 100000');
};

const showProgress = (done: number, total: number): void => {
  const percent = total === 0 ? 100 : Math.floor((100 * done) / total);
  process.stderr.write(`\rverifying ${percent}%${done >= total ? '\n' : ''}`);
};

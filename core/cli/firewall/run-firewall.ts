import { makeFirewallEngine } from '../../broker/gateway/firewall/firewall-engine.ts';
import { parseFirewallPolicy } from '../../broker/gateway/firewall/policy/parse-firewall-policy.ts';
import { makeNameFactsPowers } from '../../broker/main/powers/name-facts.ts';
import { makeSecretFilesPowers } from '../../broker/main/powers/secret-files.ts';
import { equalSecrets, sha256 } from '../../vocabulary/digest.ts';
import type { FirewallPolicy } from '../../vocabulary/firewall-policy.ts';
import type { CommandContext } from '../command-context.ts';
import { CommandFailure } from '../command-failure.ts';
import { EXIT } from '../exit-codes.ts';
import { serveFirewall } from './serve-firewall.ts';
import { readTrustedFile } from './trusted-file.ts';
import { openVerdictLog, type VerdictLog } from './verdict-log.ts';

interface RunOptions {
  readonly policy: string;
  readonly tokenFile: string;
  readonly port: number;
  /** Stands for `/`; empty for the real one. */
  readonly root: string;
  readonly audit: string | undefined;
  readonly print: CommandContext['print'];
}

const TOKEN = { least: 32, most: 4096, forbidden: 0o077 } as const;
const POLICY = { least: 1, most: 1024 * 1024, forbidden: 0o022 } as const;

/**
 * Runs the tool firewall until SIGTERM or SIGINT.
 * @throws CommandFailure, AgentError where a file is refused or the port is taken
 */
export const runFirewall = async (options: RunOptions): Promise<void> => {
  const files = makeSecretFilesPowers();
  const readPolicy = (): FirewallPolicy => {
    const named = { ...POLICY, path: options.policy, option: '--policy' };
    return parseFirewallPolicy(utf8(readTrustedFile(named, files), '--policy'), options.policy);
  };
  const token = tokenOf(
    readTrustedFile({ ...TOKEN, path: options.tokenFile, option: '--token-file' }, files),
  );
  const log = options.audit === undefined ? undefined : openLog(options.audit);
  const engine = makeFirewallEngine({
    look: makeNameFactsPowers(),
    root: options.root,
    elapsed: () => performance.now(),
    record: log?.record ?? (async () => {}),
    showPaths: true,
  });
  engine.load(readPolicy());

  const stopAsked = signalOf('SIGTERM', 'SIGINT');
  const server = await serveFirewall(
    {
      engine,
      isToken: (candidate) => equalSecrets(sha256(candidate), token),
      reload: async () => engine.load(readPolicy()),
    },
    options.port,
  ).catch((thrown: unknown) => {
    const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'unknown';
    throw new CommandFailure(
      EXIT.unreachable,
      `--listen: port ${options.port} cannot be used (${code}); give another, or 0 for a free one`,
    );
  });
  const address = `127.0.0.1:${server.port}`;
  const unlogged = log === undefined ? ' (no log of verdicts: name one with --audit)' : '';
  options.print({ listening: address, audit: options.audit ?? null }, () => {
    return `the tool firewall listens at ${address}${unlogged}`;
  });
  await stopAsked;
  await server.close();
  log?.close();
};

// The digest alone is kept.
const tokenOf = (bytes: Uint8Array): string => {
  const token = utf8(bytes, '--token-file').trim();
  if (Buffer.byteLength(token) >= TOKEN.least) return sha256(token);
  const problem = `--token-file: the token is shorter than ${TOKEN.least} bytes; write a longer one`;
  throw new CommandFailure(EXIT.unreachable, problem);
};

const openLog = (path: string): VerdictLog => {
  try {
    return openVerdictLog(path);
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : 'unknown';
    const problem = `--audit: \`${path}\` cannot be written (${why}); name a file of its own`;
    throw new CommandFailure(EXIT.unreachable, problem);
  }
};

const utf8 = (bytes: Uint8Array, option: string): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new CommandFailure(
      EXIT.unreachable,
      `${option}: the file is not UTF-8; save it as UTF-8`,
    );
  }
};

const signalOf = (...signals: readonly NodeJS.Signals[]): Promise<NodeJS.Signals> =>
  new Promise((resolve) => {
    for (const signal of signals) process.once(signal, resolve);
  });

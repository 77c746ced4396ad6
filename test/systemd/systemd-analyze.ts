import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';
import { UNITS } from './unit-file.ts';

/** The tool of systemd over a root of its own, in which our units and stand-ins for all else are. */
export interface SystemdAnalyze {
  /** Where a test may change a unit. */
  readonly folder: string;
  /** All that it says of these units: nothing where all is well. */
  readonly verify: (...units: readonly string[]) => string;
  /** The exposure of a service, from 0 to 10. */
  readonly exposure: (service: string) => number;
}

const PEERS = ['registry', 'tool-firewall', 'inference', 'credentials', 'vault-mounted'];
const TARGETS = 'sysinit basic shutdown sockets multi-user slices local-fs network paths timers';

/** Undefined where the tool is missing on somebody's own machine; in CI it is installed, or this throws. */
export const makeSystemdAnalyze = (t: TestContext): SystemdAnalyze | undefined => {
  if (!isThere() && process.env['CI'] === 'true') install();
  if (!isThere()) {
    t.skip('systemd-analyze is not installed (Debian: `apt-get install systemd`)');
    return undefined;
  }
  const root = mkdtempSync(join(tmpdir(), 'secai-units-'));
  t.after(() => rmSync(root, { recursive: true, force: true }));
  const folder = join(root, 'usr/lib/systemd/system');
  const put = (path: string, text: string, mode = 0o644): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text, { mode });
  };
  put('usr/lib/secure-ai/agent/bin/node', '', 0o755);
  put('usr/lib/secure-ai/agent/README.md', '');
  for (const name of PEERS) {
    const service = '[Service]\nType=oneshot\nExecStart=/usr/lib/secure-ai/agent/bin/node\n';
    put(`usr/lib/systemd/system/secure-ai-${name}.service`, `[Unit]\n${service}`);
  }
  for (const name of TARGETS.split(' ')) put(`usr/lib/systemd/system/${name}.target`, '[Unit]\n');
  for (const name of readdirSync(UNITS)) {
    if (/\.(service|socket|slice)$/.test(name)) cpSync(join(UNITS, name), join(folder, name));
  }
  return {
    folder,
    verify: (...units) => run(['verify', `--root=${root}`, '--man=no', ...units]),
    exposure: (service) => {
      const words = ['security', '--offline=true', `--root=${root}`, '--no-pager', service];
      const found = /Overall exposure level for \S+: ([\d.]+) /.exec(run(words))?.[1];
      if (found === undefined) throw new Error(`no exposure of ${service}`);
      return Number(found);
    },
  };
};

const isThere = (): boolean => spawnSync('systemd-analyze', ['--version']).status === 0;

const run = (words: readonly string[]): string => {
  const { stdout, stderr } = spawnSync('systemd-analyze', words, {
    encoding: 'utf8',
    timeout: 60_000,
    env: { ...process.env, SYSTEMD_COLORS: '0', SYSTEMD_EMOJI: '0', LC_ALL: 'C.UTF-8' },
  });
  return `${stdout}${stderr}`;
};

const install = (): void => {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const words of [['update'], ['install', '-y', '--no-install-recommends', 'systemd']]) {
    spawnSync('apt-get', words, { env, timeout: 180_000 });
  }
  if (!isThere()) throw new Error('systemd-analyze is missing and could not be installed');
};

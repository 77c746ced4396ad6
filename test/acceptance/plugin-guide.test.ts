import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { PACKAGE_ROOT } from '../../core/vocabulary/package-root.ts';
import { startAgent } from '../harness/agent.ts';
import { runCommand } from '../harness/cli.ts';

/** What the guide promises of each command, in its own words; the commands come from the page alone. */
const SAYS: readonly (readonly [command: string, said: RegExp])[] = [
  ['plugin new', /written: word-count\/manifest\.yaml[\s\S]*next:/],
  ['plugin check', /no findings/],
  ['plugin test', /3 of 3 cases passed/],
  ['plugin types', /types\.d\.ts/],
  ['plugin trace', /path/],
  ['plugin shrink', /nothing to take away: every grant is needed by a case/],
  ['plugin show', /It cannot reach the network/],
  ['plugin build', /built: .*word-count\/build/],
  ['plugin keygen', /^key [0-9a-f]{64}$/m],
  ['plugin pack', /4 files in/],
  ['plugin sign', /signed by [0-9a-f]{64}/],
  ['plugin vet', /word-count 0\.1\.0 PASSED/],
  ['plugin verify', /signed by 1, 1 needed/],
  ['plugin install', /word-count 0\.1\.0 vetted/],
  ['plugin enable', /word-count 0\.1\.0 enabled/],
  ['plugin list', /word-count .*active.*word_count\.count_lines/],
  ['task submit', /completed {2}invoke word_count\.count_lines to read user_docs\/notes\.md/],
];

test('plugin.guide: each command of the guide, from an empty folder to a tool that ran', async (t) => {
  const page = await readFile(join(PACKAGE_ROOT, 'plugins/README.md'), 'utf8');
  const blocks = [...page.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, block = '']) => block);
  const commands = blocks.join('').match(/^secai-agent .*$/gm) ?? [];
  const agent = await startAgent(t, {
    documents: { 'notes.md': 'one two\nthree\n' },
    policy: 'allowed_tools: [filesystem.read, word_count.count_lines]\n',
  });
  const folder = await mkdtemp(join(tmpdir(), 'guide-'));
  t.after(() => rm(folder, { recursive: true, force: true }));

  // Each command is echoed before it runs, so what it said stands behind its name; the first that fails ends all.
  const script = `set -euo pipefail\n${blocks.join('\n').replaceAll(/^(secai-agent .*)$/gm, (line) => `echo '$ ${line}'\n${line}`)}`;
  const { operatorTokenFile, trustFolder, pluginFolder, env } = agent.folder;
  const { code, out, err } = await runCommand('bash', ['-c', script], {
    cwd: folder,
    timeout: 200_000,
    env: {
      ...env,
      SECAI_HOME: PACKAGE_ROOT,
      AGENT_OPERATOR_TOKEN_PATH: operatorTokenFile,
      AGENT_TRUST_STORE_PATH: trustFolder,
      AGENT_PLUGIN_DIR: pluginFolder,
    },
  });
  assert.equal(code, 0, `${out}\n${err}`);

  const ends = out.split('$ secai-agent ').slice(1);
  assert.equal(ends.length, commands.length);
  for (const [command, said] of SAYS) {
    const end = ends.find((text) => text.startsWith(command));
    assert.ok(end !== undefined, `the guide has no \`${command}\``);
    assert.match(end, said, command);
  }
  for (const end of ends) {
    assert.ok(
      SAYS.some(([command]) => end.startsWith(command)),
      `nothing is promised of: ${end.split('\n')[0]}`,
    );
  }
  const events = (await agent.audit()).map(({ event }) => event);
  for (const event of ['plugin_installed', 'plugin_enabled', 'tool_call', 'firewall_verdict']) {
    assert.ok(events.includes(event), `no ${event} in the log`);
  }
  await agent.assertChainValid();
});

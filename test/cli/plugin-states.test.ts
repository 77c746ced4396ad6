import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import type { PackageFiles } from '../../core/broker/catalog/package/plugin-package.ts';
import { reader, widerReader } from '../broker/catalog/store/store-bench.ts';
import { startAgent } from '../harness/agent.ts';
import { secaiAgent } from '../harness/cli.ts';
import { makeWorkshop } from '../harness/installable-plugins.ts';

const agent = await startAgent({ after });
const workshop = makeWorkshop(agent.folder.trustFolder);
const token = ['--operator-token-file', agent.folder.operatorTokenFile];
const plugin = (...words: readonly string[]) =>
  secaiAgent(['plugin', ...words, '--socket', agent.folder.socket]);

const onDisk = async (name: string, files: PackageFiles): Promise<string> => {
  const folder = join(agent.folder.root, name);
  for (const [path, bytes] of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), bytes);
  }
  return folder;
};

test('a package is installed, enabled, disabled and revoked from the command line', async () => {
  const files = new Map(workshop.make(reader('1.0.0')));
  const verdict = files.get('verdicts/vetter.dsse.json') ?? Buffer.from('');
  files.delete('verdicts/vetter.dsse.json');
  const folder = await onDisk('reader', files);
  const verdictFile = join(agent.folder.root, 'verdict.json');
  await writeFile(verdictFile, verdict);

  const unvetted = await plugin('install', folder, ...token);
  assert.equal(unvetted.code, 3);
  assert.match(unvetted.err, /vet the package and install it with the verdict/);
  const installed = await plugin('install', folder, '--verdict', verdictFile, ...token);
  assert.equal(installed.code, 0, installed.err);
  assert.match(installed.out, /^reader 1\.0\.0 vetted\ndigest [0-9a-f]{64}\n$/);
  assert.match((await plugin('enable', 'reader', ...token)).out, /^reader 1\.0\.0 enabled/);

  const wider = await plugin(
    'install',
    await onDisk('wider', workshop.make(widerReader('1.1.0'))),
    ...token,
  );
  assert.match(wider.out, /^reader 1\.1\.0 quarantined/);
  assert.match(wider.out, /widens .*storage\.read/);
  const digest = /--approve ([0-9a-f]{64})/.exec(wider.out)?.[1] ?? '';
  const shown = await plugin('show', 'reader@1.1.0', ...token);
  assert.equal(shown.code, 0, shown.err);
  assert.match(shown.out, /It may read .*`more`/s);
  assert.match(shown.out, new RegExp(`installed: reader 1.1.0 quarantined[^]*--approve ${digest}`));
  const running = JSON.parse((await plugin('show', 'reader', '--json', ...token)).out);
  assert.deepEqual([running.version, running.installed.state], ['1.0.0', 'enabled']);
  const update = await plugin('diff', 'reader', join(agent.folder.root, 'wider'), ...token);
  assert.equal(update.code, 1, update.err);
  assert.match(update.out, new RegExp(`storage[.]read[^]*digest ${digest}`));
  const unnamed = await plugin('show', 'reader');
  assert.equal(unnamed.code, 4);
  assert.match(unnamed.err, /--operator-token-file/);
  assert.match((await plugin('show', 'reader@9.9.9', ...token)).err, /no such plugin is installed/);
  assert.equal((await plugin('enable', 'reader', ...token)).code, 3);
  assert.equal((await plugin('enable', 'reader', '--approve', digest, ...token)).code, 0);

  const policy = ['--policy', agent.folder.policyFile];
  const fed = await plugin('firewall', ...policy, ...token);
  assert.match(fed.out, /^ {4}- name: "files\.first_line"$/m);
  assert.doesNotMatch((await plugin('firewall', ...policy)).out, /files\.first_line/);

  const list = await plugin('list', ...token);
  assert.match(list.out, /^filesystem +standard +[0-9a-f]{12} +active /m);
  assert.match(list.out, /^reader +- +[0-9a-f]{12} +active +files\.first_line +1\.1\.0$/m);
  assert.match(list.out, /^reader +- +[0-9a-f]{12} +vetted +files\.first_line +1\.0\.0$/m);
  assert.doesNotMatch((await plugin('list')).out, /reader/);

  assert.match((await plugin('disable', 'reader', ...token)).out, /^reader 1\.1\.0 suspended/);
  const revoked = await plugin('revoke', 'reader', '--json', ...token);
  const { versions } = JSON.parse(revoked.out);
  assert.deepEqual(
    versions.map(({ state }: { state: string }) => state),
    ['revoked', 'revoked'],
  );
});

test("a command of the operator without the operator's token says what to name", async () => {
  const without = await plugin('revoke', 'reader');
  assert.equal(without.code, 2);
  assert.match(without.err, /--operator-token-file/);
  const ui = agent.folder.env['AGENT_UI_TOKEN_PATH'] ?? '';
  const other = await plugin('revoke', 'reader', '--operator-token-file', ui);
  assert.equal(other.code, 3);
  assert.match(other.err, /unauthorized/);
});

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { type Agent, isOver, SERVE, startAgentIn } from '../harness/agent.ts';
import { makeAgentFolder } from '../harness/agent-folder.ts';
import { compileLibrary, withoutCompiler } from '../harness/compile-library.ts';
import { cellsOf, childrenOf } from '../harness/processes.ts';

// Attack 202: whoever writes into the folder or the environment of a start has his code loaded. What the first
// process of a start loads is the starter's own doing; broker, spawner and cell load none of it.

/** Names that give a file to load, a folder to look in or a certificate to trust. */
const environmentOf = (folder: string): Readonly<Record<string, string>> => ({
  NODE_OPTIONS: `--require=${join(folder, 'evil.cjs')}`,
  NODE_PATH: join(folder, 'node_modules'),
  NODE_EXTRA_CA_CERTS: join(folder, 'evil.pem'),
  NODE_REPL_EXTERNAL_MODULE: join(folder, 'evil.cjs'),
  NODE_DEBUG: 'module,net',
  OPENSSL_CONF: join(folder, 'evil.cnf'),
  npm_config_node_options: `--require=${join(folder, 'evil.cjs')}`,
  npm_config_script_shell: join(folder, 'evil.cjs'),
});

/** A folder full of what a tool might read by itself, each of which would leave a line in `seen`. */
const plant = (t: TestContext): { readonly folder: string; readonly seen: () => string } => {
  const folder = mkdtempSync(join(tmpdir(), 'hostile-folder-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const log = join(folder, 'seen');
  writeFileSync(log, '', { mode: 0o666 });
  const evil = `require('node:fs').appendFileSync(${JSON.stringify(log)}, process.execArgv.join(' ') + ' | ' + process.argv.join(' ') + '\\n');`;
  const put = (name: string, text: string): void => writeFileSync(join(folder, name), text);
  put('evil.cjs', evil);
  put('.noderc', `--require ${join(folder, 'evil.cjs')}\n`);
  put('.npmrc', `node-options=--require=${join(folder, 'evil.cjs')}\nignore-scripts=false\n`);
  put('.env', `NODE_OPTIONS=--require=${join(folder, 'evil.cjs')}\n`);
  put('node.config.json', JSON.stringify({ nodeOptions: { require: [join(folder, 'evil.cjs')] } }));
  put('package.json', '{"type":"commonjs","main":"evil.cjs"}');
  put('evil.cnf', 'openssl_conf = evil\n[evil]\nengines = evil\n');
  for (const name of ['isolated-vm', 'koffi', 'fastify', 'ajv']) {
    mkdirSync(join(folder, 'node_modules', name), { recursive: true });
    put(`node_modules/${name}/index.js`, readFileSync(join(folder, 'evil.cjs'), 'utf8'));
    put(`node_modules/${name}/package.json`, '{"main":"index.js","version":"99.0.0"}');
  }
  return { folder, seen: () => readFileSync(log, 'utf8') };
};

const startIn = async (
  t: TestContext,
  cwd: string,
  env: Readonly<Record<string, string>>,
): Promise<Agent> => {
  const folder = await makeAgentFolder(t, { documents: { 'a.md': 'A file.\n' }, env });
  const go = `data:text/javascript,process.chdir(${JSON.stringify(cwd)})`;
  return startAgentIn(t, folder, ['--import', go, SERVE, 'serve']);
};

const taskWorks = async (agent: Agent): Promise<void> => {
  const task = await agent.submit('summarize user_docs/a.md');
  const done = await agent.until(String(task['task_id']), isOver);
  assert.equal(done['status'], 'completed', JSON.stringify(done));
  await agent.assertChainValid();
};

const processesOf = async ({ pid }: Agent): Promise<readonly number[]> => [
  pid,
  ...(await childrenOf(pid)),
  ...(await cellsOf(pid)),
];

test('nothing that a folder or the environment of a start names is loaded by broker, spawner or cell', async (t) => {
  const { folder, seen } = plant(t);
  const agent = await startIn(t, folder, environmentOf(folder));
  await taskWorks(agent);
  const lines = seen().trim().split('\n');
  assert.ok(lines.length >= 1, 'the first process of the start loads what its starter named');
  for (const line of lines) assert.doesNotMatch(line, /--jitless|spawner|cell/);
  const [, spawner = 0, ...cells] = await processesOf(agent);
  assert.ok(cells.length > 0);
  for (const pid of [spawner, ...cells]) {
    if (process.geteuid?.() === 0) assert.equal(readFileSync(`/proc/${pid}/environ`, 'utf8'), '');
  }
});

const LIBRARY = `
#include <stdio.h>
#include <fcntl.h>
#include <unistd.h>
__attribute__((constructor)) static void loaded(void) {
  char text[4096];
  int own = open("/proc/self/cmdline", O_RDONLY);
  int log = open(SEEN, O_WRONLY | O_APPEND);
  int length = read(own, text, sizeof text - 1);
  for (int at = 0; at < length; at++) if (text[at] == 0) text[at] = ' ';
  text[length] = '\\n';
  write(log, text, length + 1);
  close(own);
  close(log);
}
`;

test('a library that LD_PRELOAD names is in no address space of broker, spawner or cell', {
  skip: withoutCompiler,
}, async (t) => {
  const { folder, seen } = plant(t);
  const path = compileLibrary(t, LIBRARY, [`-DSEEN="${join(folder, 'seen')}"`]);
  const agent = await startIn(t, folder, {
    LD_PRELOAD: path,
    LD_LIBRARY_PATH: folder,
    LD_AUDIT: path,
  });
  await taskWorks(agent);
  const lines = seen().trim().split('\n');
  assert.ok(lines.length >= 1, 'the first process of the start has it');
  for (const line of lines) assert.doesNotMatch(line, /--jitless|spawner|cell/);
  for (const pid of await processesOf(agent)) {
    if (process.geteuid?.() === 0) {
      assert.ok(!readFileSync(`/proc/${pid}/maps`, 'utf8').includes(path), `${pid}`);
    }
  }
});

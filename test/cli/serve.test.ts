import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { PACKAGE_ROOT } from '../../core/vocabulary/package-root.ts';
import { SERVE, startAgentIn } from '../harness/agent.ts';
import { makeAgentFolder } from '../harness/agent-folder.ts';
import { call } from '../harness/call.ts';
import { runCommand, secaiAgent } from '../harness/cli.ts';

/** A Node of the machine that is older than ours; undefined where it has none. */
const olderNode = (process.env['PATH'] ?? '')
  .split(delimiter)
  .map((folder) => join(folder, 'node'))
  .filter((file) => existsSync(file))
  .find((file) => {
    const { stdout } = spawnSync(file, ['--version'], { encoding: 'utf8' });
    return Number(/^v(\d+)/.exec(stdout)?.[1] ?? 99) < 26;
  });

test('an older node is told what is needed and how to get it, before anything is imported', {
  skip: olderNode === undefined ? 'every node of this machine is new enough' : false,
}, async () => {
  const { code, out, err } = await secaiAgent(['task', 'list'], { program: olderNode ?? '' });
  assert.equal(code, 1);
  assert.equal(out, '');
  assert.match(err, /^secai-agent needs node 26 or newer, this is \d+\./);
  assert.match(err, /npm run -s secai-agent -- /);
});

test('`npm run -s secai-agent -- ...` works from the package and SIGTERM to npm reaches serve', async (t) => {
  const folder = await makeAgentFolder(t);
  const npm = ['run', '-s', 'secai-agent', '--'];
  const child = spawn('npm', [...npm, 'serve'], {
    cwd: PACKAGE_ROOT,
    env: { PATH: process.env['PATH'], HOME: folder.root, ...folder.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => said.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk));
  const log = (): string => Buffer.concat(said).toString('utf8');
  const exited = once(child, 'close');
  let agentPid: number | undefined;
  t.after(async () => {
    if (agentPid !== undefined && existsSync(`/proc/${agentPid}`))
      process.kill(agentPid, 'SIGKILL');
    child.kill('SIGKILL');
    await exited;
  });
  const deadline = Date.now() + 60_000;
  while ((await call(folder.socket, '/health').catch(() => undefined)) === undefined) {
    assert.equal(child.exitCode, null, log());
    assert.ok(Date.now() < deadline, log());
    await pause(50);
  }
  agentPid = Number(/"pid":(\d+),"msg":"the agent listens"/.exec(log())?.[1]);
  assert.ok(existsSync(`/proc/${agentPid}`), log());

  const list = ['task', 'list', '--json', '--socket', folder.socket];
  const { code, out, err } = await runCommand('npm', [...npm, ...list], {
    cwd: PACKAGE_ROOT,
    env: { HOME: folder.root, AGENT_UI_TOKEN_PATH: folder.env['AGENT_UI_TOKEN_PATH'] ?? '' },
  });
  assert.equal(code, 0, err);
  assert.deepEqual(JSON.parse(out), { tasks: [] });

  child.kill('SIGTERM');
  await exited;
  assert.match(log(), /"signal":"SIGTERM","msg":"the agent stops"/);
  assert.equal(existsSync(`/proc/${agentPid}`), false, 'the agent is gone with npm');
  assert.equal(existsSync(folder.socket), false);
});

test('serve --socket listens there instead of BIND_ADDR, relative to where the user is', async (t) => {
  const folder = await makeAgentFolder(t);
  const other = join(folder.root, 'run/other.sock');
  const agent = await startAgentIn(t, { ...folder, socket: other }, [
    SERVE,
    'serve',
    '--socket',
    other,
  ]);
  assert.equal(existsSync(folder.socket), false);
  assert.equal(await agent.stop(), 0);
  const relative = await startAgentIn(
    t,
    { ...folder, socket: other, env: { ...folder.env, INIT_CWD: folder.root } },
    [SERVE, 'serve', '--socket', 'run/other.sock'],
  );
  assert.equal(await relative.stop(), 0);
});

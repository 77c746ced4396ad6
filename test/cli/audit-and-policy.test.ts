import assert from 'node:assert/strict';
import { readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import { startAgent } from '../harness/agent.ts';
import { makeAgentFolder } from '../harness/agent-folder.ts';
import { secaiAgent } from '../harness/cli.ts';

test('audit verify is 0 for a whole log, while the agent runs and after; 1 for a broken or missing one', async (t) => {
  const agent = await startAgent(t);
  const { auditLog, auditKey } = agent.folder;
  const verify = (...more: readonly string[]) =>
    secaiAgent(['audit', 'verify', '--log', auditLog, '--key', auditKey, ...more]);
  await agent.submit("save 'text' to outputs/x.txt");
  const running = await verify();
  assert.equal(running.code, 0, running.err + running.out);
  assert.match(running.out, /^valid: \d+ entries\n$/);
  assert.equal(await agent.stop(), 0);

  const json = await verify('--json');
  assert.equal(json.code, 0);
  assert.equal(JSON.parse(json.out).valid, true);
  const text = await readFile(auditLog, 'utf8');
  await writeFile(auditLog, text.replace('service_started', 'service_stopped'));
  const broken = await verify();
  assert.equal(broken.code, 1);
  assert.match(broken.out, /^broken: agent-audit\.jsonl:1 /);
  await truncate(auditLog, 0);
  assert.equal((await verify('--json')).code, 1);
  await rm(auditLog);
  assert.equal((await verify()).code, 1, 'a log that is gone beside its checkpoint is damage');
});

test('audit tail prints the last entries, oldest first, as many as asked for', async (t) => {
  const agent = await startAgent(t);
  await agent.submit("save 'text' to outputs/x.txt");
  const tail = (...more: readonly string[]) =>
    secaiAgent(['audit', 'tail', '--log', agent.folder.auditLog, ...more]);
  const all = await agent.audit();
  const whole = await tail('--json');
  assert.equal(whole.code, 0, whole.err);
  assert.deepEqual(JSON.parse(whole.out), all);
  const two = await tail('-n', '2');
  const lines = two.out.trimEnd().split('\n');
  assert.equal(lines.length, 2);
  assert.ok(lines[1]?.includes(String(all.at(-1)?.['event'])), two.out);
});

test('policy show and matrix read the file of the variable; a bad file is 1 with its line, said once', async (t) => {
  const { policyFile, documents } = await makeAgentFolder(t);
  const env = { AGENT_POLICY_PATH: policyFile };
  const shown = await secaiAgent(['policy', 'show', '--json'], { env });
  assert.equal(shown.code, 0, shown.err);
  assert.deepEqual(JSON.parse(shown.out).workspace.readable, [documents]);
  const matrix = await secaiAgent(['policy', 'matrix'], { env });
  assert.equal(matrix.code, 0, matrix.err);
  const [row = ''] = matrix.out.split('\n');
  assert.match(row, /^local_search +offline_only +always +offline +allow +low-risk action/);

  await writeFile(policyFile, 'version: 1\nworkspace: { readable: [], writable: [] }\nnope: 1\n');
  const bad = await secaiAgent(['policy', 'show'], { env });
  assert.equal(bad.code, 1);
  assert.equal(bad.out, '');
  assert.ok(bad.err.includes(`${policyFile}:3:1: `), bad.err);
  assert.equal(bad.err.split('correct this place').length, 2, bad.err);
});

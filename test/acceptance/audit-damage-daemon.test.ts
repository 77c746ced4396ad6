import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, cp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, type TestContext, test } from 'node:test';
import { parseAuditKey } from '../../core/broker/audit/audit-key.ts';
import { openAuditLog } from '../../core/broker/audit/open-audit-log.ts';
import { makeAuditFilePowers } from '../../core/broker/main/powers/audit-files.ts';
import { silent } from '../broker/audit/temp-log.ts';
import { asksNow, isOver, launch, startAgent, startAgentIn } from '../harness/agent.ts';
import { type AgentFolder, makeAgentFolder } from '../harness/agent-folder.ts';
import { assertRefused } from '../harness/contract.ts';

const worked = await startAgent({ after }, { documents: { 'a.md': 'Backups run every night.\n' } });
const once = await worked.submit('summarize user_docs/a.md');
await worked.until(String(once['task_id']), isOver);
assert.equal(await worked.stop(), 0);
const KEPT = ['logs', 'state'];
for (const name of KEPT) {
  await cp(join(worked.folder.root, name), join(worked.folder.root, `${name}.kept`), {
    recursive: true,
  });
}

/** The folder of an agent that has worked and was stopped, so that its log has entries: each time the same. */
const withLog = async (): Promise<AgentFolder> => {
  const { root, socket } = worked.folder;
  // An agent that was killed leaves its socket.
  await rm(socket, { force: true });
  for (const name of KEPT) {
    await rm(join(root, name), { recursive: true });
    await cp(join(root, `${name}.kept`), join(root, name), {
      recursive: true,
      preserveTimestamps: true,
    });
  }
  return worked.folder;
};

/** Changes one byte inside the text of a line, counted from 1. */
const flip = async (file: string, line: number): Promise<void> => {
  const bytes = await readFile(file);
  let at = 40;
  for (let i = 1; i < line; i += 1) at = bytes.indexOf('\n', at) + 40;
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  await writeFile(file, bytes);
};

const assertRefusesToStart = async (
  t: TestContext,
  folder: AgentFolder,
  ...names: readonly RegExp[]
): Promise<void> => {
  const { child, said, exited } = launch(folder);
  t.after(() => child.kill('SIGKILL'));
  await exited;
  assert.equal(child.exitCode, 1, said());
  for (const name of names) assert.match(said(), name);
  assert.equal(existsSync(folder.socket), false);
};

test('audit.damage: serve repairs a log cut by `truncate -s -7` and an older checkpoint, and records both', async (t) => {
  const folder = await withLog();
  const checkpoint = `${folder.auditLog}.checkpoint`;
  execFileSync('truncate', ['-s', '-7', folder.auditLog]);
  await copyFile(checkpoint, `${checkpoint}.old`);

  const first = await startAgentIn(t, folder);
  const repairs = (await first.audit()).filter(({ event }) => event === 'log_repaired');
  assert.equal(repairs.length, 1);
  await first.assertChainValid();
  const task = await first.submit("save 'text' to outputs/x.txt");
  await first.until(String(task['task_id']), asksNow);
  await first.kill();

  await rename(`${checkpoint}.old`, checkpoint);
  const second = await startAgentIn(t, folder);
  assert.ok((await second.audit()).some(({ event }) => event === 'checkpoint_repaired'));
  assert.ok(asksNow((await second.get(`/v1/task/${task['task_id']}`)).body));
  await second.assertChainValid();
});

test('audit.damage: serve refuses to start on a flipped byte and names file and line', async (t) => {
  for (const line of [1, 3]) {
    const folder = await withLog();
    await flip(folder.auditLog, line);
    await assertRefusesToStart(t, folder, /agent-audit\.jsonl/, new RegExp(`line .${line}.:`));
  }
});

test('audit.damage: serve refuses to start without its log or its checkpoint', async (t) => {
  const folder = await withLog();
  const checkpoint = `${folder.auditLog}.checkpoint`;
  await rename(checkpoint, `${checkpoint}.aside`);
  await assertRefusesToStart(t, folder, /agent-audit\.jsonl\.checkpoint/);
  await rename(`${checkpoint}.aside`, checkpoint);
  await rename(folder.auditLog, `${folder.auditLog}.aside`);
  await assertRefusesToStart(t, folder, /agent-audit\.jsonl/);
});

test('audit.damage: existing archives are part of the chain that serve verifies', async (t) => {
  const folder = await withLog();
  const archive = join(folder.root, 'logs/agent-audit.20260101-000000-000000.jsonl');
  await rename(folder.auditLog, archive);
  const agent = await startAgentIn(t, folder);
  const [first] = await agent.audit();
  assert.notEqual(first?.['prev_hash'], '', 'the chain goes on behind the archive');
  await agent.assertChainValid();
  await agent.stop();
  await flip(archive, 2);
  await assertRefusesToStart(t, folder, /agent-audit\.20260101-000000-000000\.jsonl/, /line `2`:/);
});

// The tail alone is verified before a log so long serves.
const LONG_LOG_BYTES = 5 * 1024 * 1024;

test('audit.damage: an old break in a long log is found while serving: effects freeze, and health names file and line', async (t) => {
  const folder = await makeAgentFolder(t, { documents: { 'a.md': 'Backups run every night.\n' } });
  const log = await openAuditLog({
    path: folder.auditLog,
    key: parseAuditKey(await readFile(folder.auditKey)),
    files: makeAuditFilePowers(),
    now: Date.now,
    log: silent,
  });
  const note = { event: 'note', data: { text: 'x'.repeat(32 * 1024) } };
  for (let bytes = 0; bytes < LONG_LOG_BYTES; bytes += note.data.text.length) log.record(note);
  await log.commit();
  await log.close();
  await flip(folder.auditLog, 5);

  const agent = await startAgentIn(t, folder);
  const audit = async () =>
    (await agent.get('/health')).body['audit'] as { verified: string; problem: string };
  while ((await audit()).verified === 'tail') await agent.get('/v1/modes');
  assert.equal((await audit()).verified, 'broken');
  assert.match((await audit()).problem, /agent-audit\.jsonl.*line `5`:/);
  assert.equal((await agent.get('/health')).body['status'], 'degraded');
  for (const intent of ['summarize user_docs/a.md', "save 'text' to outputs/x.txt"]) {
    const reply = await agent.post('/v1/task', { intent });
    assertRefused(reply, 503, String(reply.body['error']), 'log_unavailable');
  }
  assert.equal((await agent.get('/v1/tasks')).text.trim(), '{"tasks":[]}');
});

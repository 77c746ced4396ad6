import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { startAgent } from '../harness/agent.ts';
import { type CommandEnd, secaiAgent } from '../harness/cli.ts';

const agent = await startAgent(
  { after },
  {
    documents: {
      'a.md': 'Backups run every night. Restores are tested.\n',
      'odd.md': 'A line with \u009b31m and \u202e in it.\n',
    },
  },
);
const { socket, env } = agent.folder;
const TOKEN_FILE = env['AGENT_UI_TOKEN_PATH'] ?? '';

const task = (...args: readonly string[]): Promise<CommandEnd> =>
  secaiAgent(['task', ...args, '--socket', socket, '--token-file', TOKEN_FILE]);
const submit = async (intent: string): Promise<string> => {
  const { code, out, err } = await task('submit', intent, '--json');
  assert.equal(code, 0, err);
  return JSON.parse(out).task_id;
};

test('submit --wait tells its progress on stderr, its end on stdout, and what to type next', async () => {
  const done = await task('submit', 'summarize user_docs/a.md', '--wait');
  assert.equal(done.code, 0, done.err);
  assert.match(done.out, /^task [0-9a-f]{16} {2}completed {2}\(standard\)\n/);
  assert.match(done.err, /^ {2}[0-9a-f]{12} {2}completed {2}.*user_docs\/a\.md/m);

  const asks = await task('submit', 'read user_docs/a.md and save it to outputs/a.md', '--wait');
  assert.equal(asks.code, 0, asks.err);
  const id = /^task ([0-9a-f]{16}) {2}pending_approval/.exec(asks.out)?.[1];
  assert.ok(id, asks.out);
  assert.match(asks.err, / {2}pending {4}write 1 file.*\n +ask: /);
  assert.ok(asks.err.includes(`secai-agent task approve ${id} --all`), asks.err);
});

test('with --json stdout is one document and stderr is silent', async () => {
  const { code, out, err } = await task('submit', 'summarize user_docs/a.md', '--wait', '--json');
  assert.equal(code, 0, err);
  assert.equal(err, '');
  assert.equal(JSON.parse(out).status, 'completed');
  assert.equal(out.trimEnd().split('\n').length, 1);
});

test('approve runs what waits, watch follows to the end, show prints the results', async () => {
  const id = await submit("save 'buy milk' to outputs/list.txt");
  const waiting = await task('show', id);
  assert.equal(waiting.out.match(/ask: /g)?.length, 1, waiting.out);
  const approved = await task('approve', id, '--all');
  assert.equal(approved.code, 0, approved.err);
  const watched = await task('watch', id);
  assert.equal(watched.code, 0, watched.err);
  assert.match(watched.out, new RegExp(`task ${id} {2}completed`));
  assert.equal(await readFile(join(agent.folder.outputs, 'list.txt'), 'utf8'), 'buy milk');
  const shown = await task('show', id);
  assert.match(shown.out, /completed {2}write 1 file: outputs\/list\.txt/);
  assert.match(shown.out, /\n {4}\| written: outputs\/list\.txt \(8 bytes, sha256 [0-9a-f]{12}\)/);
  assert.doesNotMatch(shown.out, /[{}]/);
});

test('approve and deny take single steps; deny and cancel end a task', async () => {
  const id = await submit("save 'a' to outputs/d1.txt and save 'b' to outputs/d2.txt");
  const { steps } = JSON.parse((await task('show', id, '--json')).out);
  const [first, second] = steps.map(({ step_id }: { step_id: string }) => step_id);
  const half = await task('deny', id, first);
  assert.equal(half.code, 0, half.err);
  assert.match(half.out, /pending_approval/);
  const rest = await task('deny', id, second, '--json');
  assert.equal(JSON.parse(rest.out).status, 'cancelled');

  const other = await submit("save 'a' to outputs/d3.txt");
  assert.equal(JSON.parse((await task('cancel', other, '--json')).out).status, 'cancelled');
  const again = await task('cancel', other);
  assert.equal(again.code, 3);
  assert.match(again.err, /refused \(409\): task already cancelled/);
});

test('list prints one line a task, as many as asked for', async () => {
  await submit("save 'a' to outputs/l1.txt");
  const { code, out } = await task('list', '--limit', '1');
  assert.equal(code, 0);
  assert.match(
    out,
    /^[0-9a-f]{16} {2}pending_approval {2}1 step {3}save 'a' to outputs\/l1\.txt\n/,
  );
  assert.ok(Array.isArray(JSON.parse((await task('list', '--json')).out).tasks));
  assert.equal((await task('list', '--limit', 'ten')).code, 3);
});

test('a task that failed ends submit --wait and watch with 1, after its text', async () => {
  const failed = await task('submit', 'summarize user_docs/none.md', '--wait');
  assert.equal(failed.code, 1, failed.err);
  assert.match(failed.out, / failed /);
  const id = /task ([0-9a-f]{16})/.exec(failed.out)?.[1] ?? '';
  assert.equal((await task('watch', id)).code, 1);
});

test('a refusal ends with 3: its words on stderr, with --json the whole of it on stdout', async () => {
  const plain = await task('submit', 'the weather is nice');
  assert.equal(plain.code, 3);
  assert.equal(plain.out, '');
  assert.match(plain.err, /^secai-agent: refused \(422\): .+\n.+/);
  const json = await task('show', '0123456789abcdef', '--json');
  assert.equal(json.code, 3);
  assert.equal(JSON.parse(json.out).code, 'task_not_found');
});

test('without a token the refusal says how to name one; BIND_ADDR and AGENT_UI_TOKEN_PATH stand in for the options', async () => {
  const bare = await secaiAgent(['task', 'list', '--socket', socket]);
  assert.equal(bare.code, 3);
  assert.match(bare.err, /--token-file/);
  const byEnv = await secaiAgent(['task', 'list'], {
    env: { BIND_ADDR: `unix:${socket}`, AGENT_UI_TOKEN_PATH: TOKEN_FILE },
  });
  assert.equal(byEnv.code, 0, byEnv.err);
});

test('show lets a terminal obey nothing that a file says', async () => {
  const id = await submit('summarize user_docs/odd.md');
  await task('watch', id);
  const { out } = await task('show', id);
  assert.ok(out.includes('\\u{9b}31m') && out.includes('\\u{202e}'), out);
  assert.doesNotMatch(out, /[\u0080-\u009f\u202e]/);
});

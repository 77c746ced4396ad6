import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import test from 'node:test';
import type { JsonObject } from '../../core/vocabulary/json.ts';
import { fitJson } from '../../plugins/filesystem/fit-json.ts';
import { fileHandle, runStep } from './run-step.ts';

interface ReadOutput {
  readonly content: string;
  readonly size: number;
  readonly complete: boolean;
}

const readFile = (text: string): Promise<ReadOutput> =>
  runStep<ReadOutput>('read_file', { path: 'docs/a.txt' }, { path: fileHandle(text) });

test('read_file answers the text and size of the file', async () => {
  assert.deepEqual(await readFile('größe\n'), {
    path: 'docs/a.txt',
    content: 'größe\n',
    size: 8,
    complete: true,
  });
});

test('read_file answers the beginning of a file that is longer than a result may be, and says so', async () => {
  const { content, size, complete } = await readFile('€'.repeat(500_000));
  assert.equal(size, 1_500_000);
  assert.equal(complete, false);
  assert.ok(content.length > 300_000 && /^€+$/.test(content), 'no half character at the cut');
});

test('read_file fits a text that grows as JSON into one result', async () => {
  const { content, complete } = await readFile('\u0001'.repeat(400_000));
  assert.equal(complete, false);
  assert.ok(JSON.stringify(content).length <= 1_000_000);
});

test('read_file that is asked for the whole passes no text on that the file does not hold', async () => {
  const input = { path: 'user_docs/a.txt', whole: true };
  const read = (text: string) => runStep('read_file', input, { path: fileHandle(text) });
  await assert.rejects(read('a\ufffdb'), /not UTF-8 text and cannot be passed on whole/);
  assert.equal((await readFile('a\ufffdb')).complete, true, 'to look at it may be');
});

test('fitJson cuts at exactly the bytes of the JSON text', () => {
  for (const text of ['a"b\\c\nd', 'ä€😀\u0001\u001f', 'plain']) {
    const bytes = Buffer.byteLength(JSON.stringify(text));
    assert.equal(fitJson(text, bytes), text);
    assert.ok(fitJson(text, bytes - 1).length < text.length);
  }
  assert.equal(fitJson('a😀', 6), 'a', 'a pair of surrogates stays whole');
});

for (const action of ['write_file', 'overwrite_file'] as const) {
  test(`${action} writes exactly the given text and answers its size and digest`, async () => {
    const written: JsonObject[] = [];
    const write = (args: JsonObject): JsonObject => {
      written.push(args);
      const { content: text } = args;
      const bytes = Buffer.from(String(text));
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      return { size: bytes.length, sha256, kept: null };
    };
    const content = 'line\r\n\u0000 größe 😀';
    const { size, ...rest } = await runStep<JsonObject>(
      action,
      { path: 'out/x.txt', content },
      { path: { write } },
    );
    assert.deepEqual(JSON.parse(JSON.stringify(written)), [{ content, encoding: 'text' }]);
    assert.deepEqual(Object.keys(rest), ['path', 'sha256']);
    assert.equal(size, Buffer.byteLength(content));
  });
}

test('read_file that must be whole refuses a file that does not fit, and reads one that does', async () => {
  const input = { path: 'user_docs/a.txt', whole: true };
  const long = runStep('read_file', input, { path: fileHandle('a'.repeat(1_000_001)) });
  await assert.rejects(
    long,
    /the file has 1000001 bytes and cannot be passed on whole: at most about 1000 KB can/,
  );
  const grown = runStep('read_file', input, { path: fileHandle('\u0001'.repeat(300_000)) });
  await assert.rejects(grown, /cannot be passed on whole/);
  const fits = await runStep<{ complete: boolean }>('read_file', input, {
    path: fileHandle('a b'),
  });
  assert.equal(fits.complete, true);
});

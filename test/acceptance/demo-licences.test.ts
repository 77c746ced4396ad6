import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { PACKAGE_ROOT } from '../../core/vocabulary/package-root.ts';

const LICENCES = '/usr/share/common-licenses';
const fold = (text: string): string => text.replace(/\s+/g, ' ').trim();

// `npm run demo` builds first; here the build that runs this test is used, or it would be removed under it.
test('demo.licences: the demo writes a report that quotes at least three licences exactly', async (t) => {
  const child = spawn(
    process.execPath,
    [
      join(PACKAGE_ROOT, 'dist/core/cli/demo/main.js'),
      '--workspace',
      LICENCES,
      '--yes',
      'find what the licenses say about patents and write a report to outputs/patents.md',
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8');
    });
  }
  t.after(() => child.kill('SIGKILL'));
  await once(child, 'close');
  assert.equal(child.exitCode, 0, said);
  assert.match(said, /the tasks are still there\n.*completed/);
  assert.match(said, /1\. search 1 folder: user_docs\n\s+allow: low-risk action, auto-approved/);
  assert.match(
    said,
    /3\. write 1 file: outputs\/patents\.md\n\s+ask: configurable action 'write_file'/,
  );
  assert.match(said, /valid: \d+ entries/);

  const file = /written: (\S+)/.exec(said)?.[1] ?? '';
  t.after(() => rm(dirname(dirname(file)), { recursive: true, force: true }));
  const report = await readFile(file, 'utf8');
  const quotes = [
    ...report.matchAll(/((?:^> .*\n)+)\n?.*?`?user_docs\/([^:`\s]+):(\d+)(?:-(\d+))?`?/gm),
  ];
  const cited = new Set<string>();
  for (const [, quoted = '', name = '', first, last] of quotes) {
    const lines = (await readFile(join(LICENCES, name), 'utf8')).split('\n');
    const there = fold(lines.slice(Number(first) - 1, Number(last ?? first)).join('\n'));
    const sentence = fold(quoted.replace(/^> ?/gm, ''));
    assert.ok(sentence.length > 20, `a real sentence: ${sentence}`);
    assert.ok(
      there.includes(sentence),
      `${name}:${first}-${last} says\n${there}\nnot\n${sentence}`,
    );
    cited.add(name);
  }
  assert.ok(cited.size >= 3, `cites ${[...cited].join(', ')} in\n${report}`);
});

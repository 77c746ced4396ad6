import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startAgent } from '../harness/agent.ts';

// Texts that are nothing but ends: each would be more sentences than an isolate has room for. In the last one, what
// looks for a mark behind the last word must not try each mark of a row.
const TEXTS: Readonly<Record<string, string>> = {
  'numbers.txt': '4 '.repeat(1_000_000),
  'stops.txt': '. '.repeat(1_000_000),
  'points.txt': '4. '.repeat(660_000),
  'sentences.txt': 'Ab cd ef. '.repeat(200_000),
  'paragraphs.txt': 'A\n\n'.repeat(660_000),
  'marks.txt': `One two three four ${'?'.repeat(700)}${':'.repeat(700)}five six.\n\n`.repeat(1_390),
};
const agent = await startAgent({ after }, { documents: TEXTS });

for (const name of Object.keys(TEXTS)) {
  test(`a summary of two megabytes of ${name} fits in the isolate of its step`, async () => {
    const { task_id: id } = await agent.submit(`summarize user_docs/${name}`);
    const task = await agent.until(String(id), ({ status }) => status !== 'running');
    assert.equal(task['status'], 'completed', JSON.stringify(task['steps']));
  });
}

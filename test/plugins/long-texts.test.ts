import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { makeAgentFolder } from '../harness/agent-folder.ts';
import { startLightBroker } from '../harness/light-broker.ts';

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
const folder = await makeAgentFolder({ after }, { documents: TEXTS });
// Room is what is tried here, and on a busy machine these take more time than a step may.
const { tasks } = await startLightBroker({ after }, folder, {
  limits: { cpu_ms: 60_000, wall_ms: 120_000 },
});

for (const name of Object.keys(TEXTS)) {
  test(`a summary of two megabytes of ${name} fits in the isolate of its step`, async () => {
    const { task_id: id } = await tasks.submit(
      {
        intent: `summarize user_docs/${name}`,
        mode: 'standard',
        workspaces: ['user_docs'],
        preferences: { read_file: 'always' },
      },
      { peer: null },
    );
    while (tasks.get(id)?.completed_at === null) await pause(5);
    const task = tasks.get(id);
    assert.equal(task?.status, 'completed', JSON.stringify(task?.steps));
  });
}

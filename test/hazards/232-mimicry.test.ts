import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { JsonValue } from '../../core/vocabulary/json.ts';
import { assertContained, type HazardResult, openHazardRange } from '../harness/hazard.ts';

// A result lies in a slot of its own: the host reads its fields by the closed schema of the manifest, takes
// references from the plan alone, and counts bytes.

const range = await openHazardRange({ after });

const KINDS: Readonly<Record<string, HazardResult['code']>> = {
  reference: 'output_invalid',
  'reference in a text': 'completed',
  'whole reference': 'output_invalid',
  envelope: 'output_invalid',
  'envelope of an error': 'output_invalid',
  'envelope of a limit': 'output_invalid',
  'server-owned': 'output_invalid',
  'own fields of a step': 'output_invalid',
  record: 'completed',
  'two envelopes': 'completed',
  'log behind a line break': 'completed',
  'composed text': 'completed',
  'decomposed text': 'completed',
  'key in two forms': 'output_invalid',
  'number in two forms': 'completed',
  'number too fine': 'output_invalid',
  'bytes for characters': 'result_too_large',
  'pairs for characters': 'result_too_large',
  'escapes for bytes': 'result_too_large',
  'half a character': 'completed',
};

const RECORDED = [
  'task_submitted',
  'task_planned',
  'step_started',
  'handle_call',
  'step_executed',
  'task_completed',
];

/** What the log says of each result that was kept. */
const digests = new Map<string, JsonValue | undefined>();

for (const [kind, code] of Object.entries(KINDS)) {
  test(`a result like one of the host's (${kind}) is data or refused: ${code}`, async () => {
    const result = await range.attack({ script: '232-mimicry', document: kind, asResult: true });
    assertContained(result, code);
    assert.deepEqual(
      result.records.map(({ event }) => event),
      RECORDED,
    );
    digests.set(kind, Object(result.records.at(-2)?.['data']).result_sha256);
    const { params } = result.step;
    assert.deepEqual([params['_policy_decision'], '_approval_digest' in params], ['allow', false]);
  });
}

test('two texts that look the same are two results, and a text like a record adds none', () => {
  const [composed, decomposed] = [digests.get('composed text'), digests.get('decomposed text')];
  assert.match(String(composed), /^[0-9a-f]{64}$/);
  assert.notEqual(composed, decomposed);
});

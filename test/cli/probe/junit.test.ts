import assert from 'node:assert/strict';
import { test } from 'node:test';
import { junitText } from '../../../core/cli/probe/junit.ts';
import { parseXml } from '../../harness/parse-xml.ts';
import { HOSTILE, verdictWith } from './verdicts.ts';

test('an escape is a failure that names the canary, and what hung or was refused an error', () => {
  const { attributes, children } = parseXml(
    junitText(
      [
        verdictWith(),
        verdictWith({ verdict: 'ESCAPED', canaries: [{ canary: 'file', what: 'it was read' }] }),
        verdictWith({ verdict: 'hung' }),
        verdictWith({ verdict: 'refused' }),
      ],
      'vetting',
    ),
  );
  assert.deepEqual(
    [...attributes],
    [
      ['tests', '4'],
      ['failures', '1'],
      ['errors', '2'],
      ['time', '0.048'],
    ],
  );
  const cases = children[0]?.children ?? [];
  assert.deepEqual(
    cases.map((each) => each.children.map(({ name }) => name)),
    [['system-out'], ['failure', 'system-out'], ['error', 'system-out'], ['error', 'system-out']],
  );
  assert.equal(cases[1]?.children[0]?.attributes.get('message'), 'ESCAPED file: it was read');
});

test('a hostile text stays a text, and what XML cannot hold is replaced', () => {
  const text = `${HOSTILE}\u0000\u001b[31m\ud800\uffff`;
  const { children } = parseXml(junitText([verdictWith({ script: text, said: text })], text));
  const [testCase] = children[0]?.children ?? [];
  assert.ok(testCase?.attributes.get('name')?.startsWith(HOSTILE));
  assert.equal(testCase?.children.length, 1);
  assert.ok(testCase?.children[0]?.text.includes(HOSTILE));
});

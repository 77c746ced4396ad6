import assert from 'node:assert/strict';
import { test } from 'node:test';
import { edited, policyFrom, SHIPPED } from '../broker/policy/shipped-policy.ts';

const LINES = SHIPPED.split('\n').length - 1;

const BAD: readonly (readonly [
  what: string,
  text: string,
  line: number,
  column: number,
  says: RegExp,
])[] = [
  ['an unknown key', `${SHIPPED}colour: red\n`, LINES + 1, 1, /unknown key `colour`/],
  ['an unknown key inside', edited(['    max_steps: 30', '    max_stepz: 30']), 5, 5, /max_step/],
  ['a duplicate key', `${SHIPPED}version: 1\n`, LINES + 1, 1, /version.*twice/],
  ['an alias', edited(['  read_file: ask', '  read_file: *x']), 42, 14, /alias/],
  ['an anchor', edited(['always_deny:', 'always_deny: &x']), 47, 3, /anchor/],
  ['a wrong type', edited(['max_tokens: 32000', 'max_tokens: "32000"']), 7, 17, /must be integer/],
  ['a tab', edited(['    max_steps: 30', '\tmax_steps: 30']), 5, 1, /tab/],
  ['a tag', edited(['version: 1', 'version: !!int 1']), 1, 16, /tag/],
  ['a merge key', edited(['  standard:\n', '  standard:\n    <<: {}\n']), 5, 5, /merge/],
  ['a second document', `${SHIPPED}---\nversion: 1\n`, LINES + 1, 1, /document/],
];

for (const [what, text, line, column, says] of BAD) {
  test(`policy.bad_file: ${what} is refused with line and column`, () => {
    assert.throws(
      () => policyFrom(text),
      (error: Error & { code?: string }) => {
        assert.equal(error.code, 'policy_file');
        assert.match(error.message, says);
        assert.ok(error.message.startsWith(`agent.yaml:${line}:${column}: `), error.message);
        return true;
      },
    );
  });
}

test('policy.bad_file: the refusal says what to do', () => {
  assert.throws(() => policyFrom(`${SHIPPED}colour: red\n`), { remedy: /schema/ });
});

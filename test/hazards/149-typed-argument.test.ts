import assert from 'node:assert/strict';
import test from 'node:test';
import { checkValue } from '../../core/broker/catalog/schema-profile/check-value.ts';
import type { InstalledStep } from '../../core/vocabulary/manifest.ts';
import { shipped } from '../plugins/run-step.ts';

// Attack 149 at the input schemas of the shipped plugins: a parameter that is typed string carries
// something else, or a client adds fields that belong to the broker. That the step then fails as
// `input_invalid`, is recorded, and that the next task runs, is asserted where steps are executed.

const WRONG: readonly unknown[] = [
  { $from: 's1', pointer: '/text' },
  { toString: 'docs/a.md' },
  ['docs/a.md'],
  [],
  {},
  7,
  true,
  null,
];

const fitting = ({ input }: InstalledStep): Record<string, unknown> =>
  Object.fromEntries(
    [...input.properties]
      .filter(([name]) => input.required.includes(name))
      .map(([name]) => [name, 'docs/a.md']),
  );

test('there are steps and annotated parameters to attack', () => {
  const annotated = [...shipped.values()].flatMap(({ annotations }) => annotations);
  assert.ok(shipped.size >= 6 && annotated.length >= 6);
});

for (const [action, step] of shipped) {
  test(`${action} refuses an object, a list, a number or a truth where a string belongs`, () => {
    assert.deepEqual(checkValue(step.input, fitting(step)), { ok: true });
    for (const [name, schema] of step.input.properties) {
      if (!('type' in schema) || schema.type !== 'string') continue;
      for (const value of WRONG) {
        const check = checkValue(step.input, { ...fitting(step), [name]: value });
        assert.equal(check.ok, false, `${name} took ${JSON.stringify(value)}`);
        assert.equal(check.ok ? '' : check.at, `/${name}`);
      }
    }
  });

  test(`${action} refuses a name where a list of names belongs, and other things in the list`, () => {
    for (const { parameter, many } of step.annotations) {
      if (!many) continue;
      for (const value of ['docs/a.md', { 0: 'docs/a.md', length: 1 }, ...WRONG.map((x) => [x])]) {
        assert.equal(checkValue(step.input, { [parameter]: value }).ok, false);
      }
    }
  });

  test(`${action} refuses fields that belong to the broker`, () => {
    const owned = [
      'label',
      'handles',
      'id',
      'token_id',
      'plugin',
      'approved',
      '$from',
      '__proto__',
    ];
    for (const name of owned) {
      const input: unknown = JSON.parse(
        JSON.stringify(fitting(step))
          .replace(/\}$/, `,${JSON.stringify(name)}:"x"}`)
          .replace('{,', '{'),
      );
      assert.equal(checkValue(step.input, input).ok, false, name);
    }
  });
}

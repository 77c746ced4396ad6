import assert from 'node:assert/strict';
import { test } from 'node:test';
import { demandProfiles } from '../../../core/broker/main/demand-profiles.ts';
import { makeProgramFilePowers } from '../../../core/broker/main/powers/program-files.ts';

const { readProfile } = makeProgramFilePowers();
const { name: _, ...standard } = demandProfiles({ readProfile }).standard;

const refuses = (read: () => unknown, fault: RegExp): void => {
  assert.throws(() => demandProfiles({ readProfile: read }), {
    code: 'configuration',
    message: fault,
  });
};

test('a profile with a wrong limit is a fault of the configuration, and names file and limit', () => {
  refuses(
    () => ({ ...standard, limits: { ...standard.limits, heap_mb: 1 } }),
    /^`sandbox-profiles\/standard\.json`: `heap_mb` is 1/,
  );
  refuses(() => ({ ...standard, network: true }), /expected exactly the fields/);
  refuses(() => [], /expected an object/);
});

test('a profile that is missing or no JSON is a fault of the configuration, not of the program', () => {
  refuses(() => readProfile('sandbox-profiles/none.json'), /cannot be read as JSON/);
  refuses(() => readProfile('README.md'), /cannot be read as JSON/);
});

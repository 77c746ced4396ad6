import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeProgramFilePowers } from '../../core/broker/main/powers/program-files.ts';
import { assertVersions } from '../../core/protocol/versions.ts';

const GOOD = { node: '26.10.0', v8: '14.6.202.34-node.21', isolatedVm: '7.0.1' };

const REFUSED = {
  'isolated-vm 7.0.0, which let guests corrupt memory': { isolatedVm: '7.0.0' },
  'isolated-vm 6.2.0': { isolatedVm: '6.2.0' },
  'a pre-release of isolated-vm': { isolatedVm: '7.0.1-rc.1' },
  'an isolated-vm that tells no version': { isolatedVm: '' },
  'node 24': { node: '24.21.0' },
  'an older v8': { v8: '13.6.233.17-node.48' },
  'a newer v8': { v8: '15.0.1' },
} as const;

for (const [what, change] of Object.entries(REFUSED)) {
  test(`the version check refuses ${what} and says why`, () => {
    assert.throws(() => assertVersions({ ...GOOD, ...change }), {
      code: 'sandbox_unavailable',
      message: /expected/,
    });
  });
}

test('the version check takes what is installed', () => {
  assert.doesNotThrow(() => assertVersions(GOOD));
  assert.doesNotThrow(() => assertVersions({ ...GOOD, isolatedVm: '7.1.0' }));
  assert.doesNotThrow(() => assertVersions(makeProgramFilePowers().engineVersions()));
});

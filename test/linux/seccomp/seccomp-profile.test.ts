import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseSeccompProfile } from '../../../core/linux/seccomp/seccomp-profile.ts';
import { makeValidator } from '../../../core/vocabulary/parse/ajv.ts';
import schema from '../../../schemas/seccomp-profile.schema.json' with { type: 'json' };
import { SHIPPED, shippedJson } from './shipped-filter.ts';

const check = makeValidator(schema);
const matches = (value: unknown): boolean => check(value).ok;
const refused = (value: unknown, message: RegExp): void =>
  assert.throws(() => parseSeccompProfile(value), { code: 'configuration', message });

const ARCHITECTURES = ['SCMP_ARCH_X86_64'];
const argument = { index: 0, value: 5, op: 'SCMP_CMP_EQ' };
const masked = { index: 0, value: 6, valueTwo: 4, op: 'SCMP_CMP_MASKED_EQ' };
const rule = { names: ['kill'], action: 'SCMP_ACT_ALLOW', args: [argument] };
const profile = (...syscalls: readonly unknown[]) => ({
  defaultAction: 'SCMP_ACT_ERRNO',
  architectures: ARCHITECTURES,
  syscalls,
});
const withArgument = (value: unknown) => profile({ ...rule, args: [value] });

test('the shipped profiles fit the schema and the parser', () => {
  for (const name of SHIPPED) {
    assert.ok(matches(shippedJson(name)), name);
    assert.doesNotThrow(() => parseSeccompProfile(shippedJson(name)), name);
  }
});

test('schema and parser accept the same forms', () => {
  const accepted: readonly unknown[] = [
    profile(rule),
    { ...profile(rule), defaultErrnoRet: 4095 },
    withArgument({ ...argument, value: '@own_pid' }),
    withArgument({ ...argument, index: 5, value: Number.MAX_SAFE_INTEGER }),
    withArgument(masked),
    profile({ names: ['clone3'], action: 'SCMP_ACT_ERRNO', errnoRet: 38 }),
  ];
  for (const value of accepted) {
    assert.ok(matches(value), JSON.stringify(value));
    assert.doesNotThrow(() => parseSeccompProfile(value), JSON.stringify(value));
  }
});

test('schema and parser refuse the same forms, and the parser names the field', () => {
  const cases: readonly (readonly [unknown, RegExp])[] = [
    [null, /^`seccomp` is no object$/],
    [{ ...profile(rule), flags: [] }, /^`seccomp\.flags` is unknown$/],
    [{ ...profile(rule), defaultAction: 'SCMP_ACT_LOG' }, /^`seccomp\.defaultAction` is none of/],
    [{ ...profile(rule), defaultErrnoRet: 0 }, /^`seccomp\.defaultErrnoRet` is no integer/],
    [
      { ...profile(rule), defaultAction: 'SCMP_ACT_ALLOW', defaultErrnoRet: 1 },
      /^`seccomp\.defaultErrnoRet` stands beside `SCMP_ACT_ALLOW`$/,
    ],
    [{ ...profile(rule), architectures: [] }, /^`seccomp\.architectures` is no list/],
    [{ ...profile(rule), architectures: ['SCMP_ARCH_X86'] }, /architectures\[0\]` is none of/],
    [profile(), /^`seccomp\.syscalls` is no list, or an empty one$/],
    [profile({ ...rule, comment: 'x' }), /^`seccomp\.syscalls\[0\]\.comment` is unknown$/],
    [profile({ ...rule, names: [] }), /^`seccomp\.syscalls\[0\]\.names` is no list/],
    [profile({ ...rule, names: [9] }), /names\[0\]` is the name of no system call$/],
    [
      profile({ ...rule, action: 'SCMP_ACT_TRACE' }),
      /^`seccomp\.syscalls\[0\]\.action` is none of/,
    ],
    [profile({ ...rule, errnoRet: 1 }), /errnoRet` stands beside `SCMP_ACT_ALLOW`$/],
    [profile({ names: ['kill'], action: 'SCMP_ACT_ERRNO', errnoRet: 4096 }), /no integer from 1/],
    [profile({ ...rule, args: [] }), /^`seccomp\.syscalls\[0\]\.args` is no list/],
    [withArgument({ ...argument, index: 6 }), /args\[0\]\.index` is no integer from 0 to 5$/],
    [withArgument({ ...argument, value: -1 }), /args\[0\]\.value` is no integer/],
    [withArgument({ ...argument, value: 2 ** 53 }), /args\[0\]\.value` is no integer/],
    [withArgument({ ...argument, value: '@pid' }), /args\[0\]\.value` is no integer/],
    [withArgument({ ...argument, valueTwo: 1 }), /valueTwo` stands beside `SCMP_CMP_EQ`$/],
    [withArgument({ ...argument, op: 'SCMP_CMP_IN' }), /args\[0\]\.op` is none of/],
    [withArgument({ ...masked, valueTwo: undefined }), /args\[0\]\.valueTwo` is no integer/],
    [withArgument({ ...masked, value: '@own_pid' }), /args\[0\]\.value` is no integer/],
  ];
  for (const [value, message] of cases) {
    // As it would come from a file: a key whose value is undefined is none.
    const data: unknown = JSON.parse(JSON.stringify(value));
    assert.ok(!matches(data), JSON.stringify(data));
    refused(data, message);
  }
});

test('the parser refuses what no schema can see', () => {
  refused(
    profile({ ...rule, names: ['opn'] }),
    /`seccomp\.syscalls\[0\]\.names\[0\]` is the name of/,
  );
  refused(profile({ ...rule, names: ['__proto__'] }), /is the name of no system call$/);
  refused(withArgument({ ...masked, valueTwo: 5 }), /valueTwo` has bits outside the mask$/);
  refused(profile(rule, rule), /^`seccomp\.syscalls\[1\]` names `kill` again$/);
  refused(
    profile({ ...rule, names: ['kill', 'kill'] }),
    /^`seccomp\.syscalls\[0\]` names `kill` again$/,
  );
  refused(profile(rule, { names: ['kill'], action: 'SCMP_ACT_ALLOW' }), /names `kill` again$/);
  refused(profile({ names: ['kill'], action: 'SCMP_ACT_ALLOW' }, rule), /names `kill` again$/);
  const other = { ...argument, index: 1 };
  refused(
    profile({ ...rule, args: [argument, other] }, { ...rule, args: [other, argument] }),
    /^`seccomp\.syscalls\[1\]` names `kill` again$/,
  );
});

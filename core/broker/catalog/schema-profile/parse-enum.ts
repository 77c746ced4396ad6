import type { JsonPrimitive } from '../../../vocabulary/json.ts';
import { isPlainText } from './plain-text.ts';
import { PROFILE_LIMITS } from './profile-limits.ts';
import type { SchemaPlace } from './schema-place.ts';
import { allowKeywords, type SchemaRecord } from './schema-record.ts';

export interface EnumSchema {
  readonly enum: readonly JsonPrimitive[];
}

/** A choice of plain values; `const` is a choice of one. A `type` beside it must fit every member. */
export const parseEnum = (record: SchemaRecord, { reading }: SchemaPlace): EnumSchema => {
  const keyword = record.has('enum') ? 'enum' : 'const';
  allowKeywords(record, [keyword, 'type']);
  const isOfType = readMemberType(record);
  const path = [...record.path, keyword];
  const stated = record.get(keyword);
  const value: unknown = keyword === 'const' ? [stated] : stated;
  if (!Array.isArray(value) || value.length === 0 || value.length > PROFILE_LIMITS.enumMembers) {
    const problem = `expected a list of 1 to ${PROFILE_LIMITS.enumMembers} values`;
    const mend = 'list fewer values, or use a string with a `pattern`';
    reading.refuse({ path, rule: 'enum-list', problem, mend });
    return { enum: [] };
  }
  const members = new Set<JsonPrimitive>();
  for (const [index, member] of value.entries()) {
    if (isEnumMember(member) && isOfType(member) && !members.has(member)) members.add(member);
    else {
      reading.refuse({
        path: keyword === 'const' ? path : [...path, index],
        rule: 'enum-member',
        problem: 'expected a plain value, once',
        mend: `write a text of at most ${PROFILE_LIMITS.enumLength} visible characters, a whole number, a boolean or null, of the stated type`,
      });
    }
  }
  return { enum: [...members] };
};

const readMemberType = (record: SchemaRecord): ((member: JsonPrimitive) => boolean) => {
  if (!record.has('type')) return () => true;
  const type = record.get('type');
  switch (type) {
    case 'string':
    case 'boolean':
    case 'number':
      return (member) => typeof member === type;
    case 'integer':
      return (member) => typeof member === 'number';
    default:
      record.refuse({
        on: 'type',
        rule: 'known-type',
        problem: 'expected `string`, `integer`, `number` or `boolean` beside plain values',
        mend: 'leave `type` out: the values say it',
      });
      return () => true;
  }
};

const isEnumMember = (value: unknown): value is JsonPrimitive => {
  if (typeof value === 'string') {
    return value.length <= PROFILE_LIMITS.enumLength && isPlainText(value);
  }
  if (typeof value === 'number') return Number.isSafeInteger(value) && !Object.is(value, -0);
  return typeof value === 'boolean' || value === null;
};

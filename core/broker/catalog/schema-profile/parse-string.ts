import { CAPABILITIES, type Capability, isCapability } from '../../../vocabulary/capability.ts';
import type { StringSchema } from '../../../vocabulary/manifest.ts';
import { parsePattern } from './parse-pattern.ts';
import { PROFILE_LIMITS } from './profile-limits.ts';
import type { SchemaPlace } from './schema-place.ts';
import { allowKeywords, readSize, refuseCrossed, type SchemaRecord } from './schema-record.ts';

/** A string, and the authority that it asks for where it names a resource. */
export const parseString = (record: SchemaRecord, place: SchemaPlace): StringSchema => {
  allowKeywords(record, ['type', 'minLength', 'maxLength', 'pattern', 'x-capability', 'x-redact']);
  const capability = readCapability(record, place.mayName);
  const most = capability === null ? PROFILE_LIMITS.maxLength : PROFILE_LIMITS.resourceLength;
  const minLength = readSize(record, 'minLength', { most, absent: 0 });
  const maxLength = readSize(record, 'maxLength', { most, absent: 'required' });
  refuseCrossed(record, minLength, maxLength);
  return {
    type: 'string',
    minLength,
    maxLength,
    capability,
    redact: readRedact(record),
    pattern: parsePattern(record, { copies: place.copies, maxLength }, place.reading),
  };
};

const readCapability = (record: SchemaRecord, mayName: boolean): Capability | null => {
  const on = 'x-capability';
  if (!record.has(on)) return null;
  if (!mayName) {
    const problem = '`x-capability` not allowed here';
    const mend = 'name resources by parameters of an input, or by the items of one';
    record.refuse({ on, at: 'key', rule: 'capability-place', problem, mend });
    return null;
  }
  const word = record.get(on);
  if (isCapability(word)) return word;
  const listed = CAPABILITIES.join(', ');
  record.refuse({
    on,
    rule: 'capability-name',
    problem: `expected one of ${listed}`,
    mend: `write one of ${listed}`,
  });
  return null;
};

const readRedact = (record: SchemaRecord): boolean => {
  const on = 'x-redact';
  if (!record.has(on)) return false;
  if (record.get(on) !== true) {
    const mend = 'write `x-redact: true`, or leave it out';
    record.refuse({ on, rule: 'redact-true', problem: 'expected true', mend });
  } else if (record.has('x-capability')) {
    // Whoever approves must see the resource, and the audit must name it: hiding it is no choice.
    const problem = 'the name of a resource cannot be hidden';
    const mend = 'leave `x-redact` out here, and give what is secret its own parameter';
    record.refuse({ on, at: 'key', rule: 'redact-true', problem, mend });
  }
  return true;
};

import type { ObjectSchema } from '../../../vocabulary/manifest.ts';
import { readDefinitions } from './definitions.ts';
import { parseObject } from './parse-node.ts';
import {
  makeProfileReading,
  type ProfileFault,
  type ProfileReading,
  ReadingEnded,
} from './profile-reading.ts';
import { schemaRecord } from './schema-record.ts';

export type SchemaReading =
  | { readonly ok: true; readonly schema: ObjectSchema }
  | {
      readonly ok: false;
      /** Up to 20 faults, in the order in which they were found. */
      readonly findings: readonly [ProfileFault, ...ProfileFault[]];
    };

/**
 * Reads a plugin's schema into the profile: closed objects, bounded sizes, a handful of keywords,
 * definitions of its own. Only an input may request authority, on a parameter itself or on the items
 * of an array parameter. Pointers of findings start at this schema's root.
 */
export const parseSchema = (value: unknown, role: 'input' | 'output'): SchemaReading => {
  // A stranger wrote this schema. It is read and never compiled; any keyword that we do not check
  // refuses it, for a check that silently does nothing is a hole (attacks 132 to 137, 146). Sizes are
  // looked at before what they count, and the bytes of the document before it comes here.
  const reading = makeProfileReading();
  const schema = parseOutermost(value, role, reading);
  const [first, ...others] = reading.faults();
  if (first !== undefined) return { ok: false, findings: [first, ...others] };
  if (schema === undefined) throw new Error('a schema that is not read has no fault');
  return { ok: true, schema };
};

const parseOutermost = (
  value: unknown,
  role: 'input' | 'output',
  reading: ProfileReading,
): ObjectSchema | undefined => {
  try {
    reading.countSchema([]);
    const record = schemaRecord(value, [], reading);
    if (record === undefined) return undefined;
    if (record.get('type') !== 'object') {
      const problem = 'expected `type: object`';
      const mend = 'wrap it into an object with one property';
      reading.refuse({ path: [], rule: 'outermost-object', problem, mend });
      return undefined;
    }
    const definitions = readDefinitions(record, reading);
    const place = {
      path: [],
      depth: 1,
      mayName: role === 'input',
      copies: 1,
      followed: [],
      definitions,
      reading,
    };
    const schema = parseObject(record, place, ['$defs']);
    // Where a fault ended the way, what lies behind it is not unused for that.
    if (reading.faults().length === 0) definitions.refuseUnused();
    return schema;
  } catch (error) {
    if (error instanceof ReadingEnded) return undefined;
    throw error;
  }
};

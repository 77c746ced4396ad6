import assert from 'node:assert/strict';
import { parseSchema } from '../../core/broker/catalog/schema-profile/parse-schema.ts';
import {
  PROFILE_RULES,
  type ProfileRule,
} from '../../core/broker/catalog/schema-profile/profile-rules.ts';

export interface ExpectedFault {
  readonly rule: ProfileRule;
  readonly pointer: string;
}

/** Demands that a schema is refused for this reason, at this place, with a mend, and in bounded time. */
export const assertRefusedSchema = (schema: unknown, { rule, pointer }: ExpectedFault): void => {
  const start = performance.now();
  const reading = parseSchema(schema, 'input');
  const took = performance.now() - start;
  assert.ok(!reading.ok, `accepted, though ${rule}`);
  const found = reading.findings.find((fault) => fault.rule === rule && fault.pointer === pointer);
  const told = reading.findings.map((fault) => `${fault.pointer} ${fault.rule}`).join(', ');
  assert.ok(found !== undefined, `expected ${rule} at ${pointer}, found ${told}`);
  assert.ok(found.mend.length > 0 && found.problem.length > 0);
  assert.ok(reading.findings.length <= 20);
  for (const fault of reading.findings) assert.ok(Object.hasOwn(PROFILE_RULES, fault.rule));
  assert.ok(took < 2000, `took ${took} ms`);
};

import schema from '../../../../schemas/plugin-manifest.schema.json' with { type: 'json' };
import { makeFaultFinder, makeValidator, type SchemaFault } from '../../../vocabulary/parse/ajv.ts';
import type { ManifestFile } from '../manifest-file.ts';
import type { Fault } from './fault.ts';

export type Structure =
  | { readonly ok: true; readonly file: ManifestFile }
  | { readonly ok: false; readonly faults: readonly Fault[] };

const check = makeValidator<ManifestFile>(schema);
// Slower to make and to run, and asked only where something is wrong: a start meets none of that.
const faultsOf = makeFaultFinder(schema);

/** Holds a document against our schema of manifests: closed at every level (attacks 144, 146). */
export const checkStructure = (document: unknown): Structure => {
  const checked = check(document);
  if (checked.ok) return { ok: true, file: checked.value };
  return { ok: false, faults: faultsOf(document).map(explained) };
};

const explained = ({ path, at, keyword, problem, wanted }: SchemaFault): Fault => {
  const named = (rule: string, mend: string, said = problem): Fault => ({
    path,
    at,
    rule,
    problem: said,
    mend,
  });
  const mend = lowered(wanted);
  switch (keyword) {
    case 'additionalProperties':
      return named('unknown-field', 'remove it: what is not checked may not stand here');
    case 'required':
      return named('missing-field', `add it; ${mend}`);
    case 'type':
      return named('wrong-type', mend);
    case 'pattern':
      return named('malformed', mend, problem.replace(/must match pattern.*$/, 'is malformed'));
    case 'minLength':
    case 'maxLength':
      return named('length', mend);
    case 'minItems':
    case 'maxItems':
    case 'minProperties':
    case 'maxProperties':
      return named('count', mend);
    case 'uniqueItems':
      return named('stands-twice', mend);
    case 'minimum':
    case 'maximum':
      return named('out-of-bounds', mend);
    default:
      return named('not-in-list', mend);
  }
};

const lowered = (sentence: string): string =>
  sentence.charAt(0).toLowerCase() + sentence.slice(1).replace(/\.$/, '');

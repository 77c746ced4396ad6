import { PROFILE_NAMES } from '../../../vocabulary/enums.ts';
import type { ManifestEntry, ManifestRequests } from '../../../vocabulary/manifest.ts';
import { changeOf, type ManifestChange, sameJson } from './change.ts';
import { ENTRY_LIMITS } from './limit-faults.ts';
import { PROFILE_CAPS } from './profile-caps.ts';
import { schemaChanges } from './schema-changes.ts';
import { CAUTIOUS, HINTS, toolHints } from './tool-hints.ts';

/** An entry with what its plugin asks for beside it. */
export interface EntryWithRequests {
  readonly entry: ManifestEntry;
  readonly requests: ManifestRequests;
}

/** Every difference between two versions of one step or tool. */
export const entryChanges = (
  was: EntryWithRequests,
  is: EntryWithRequests,
  pointer: string,
): readonly ManifestChange[] => {
  const before = was.entry;
  const after = is.entry;
  // The profiles stand in the order of their strictness.
  const stricter = PROFILE_NAMES.indexOf(after.profile) > PROFILE_NAMES.indexOf(before.profile);
  return [
    // What people and models read decides what they do with a tool: a new text is for a person to read.
    ...changeOf(
      `${pointer}/description`,
      'text',
      [before.description, after.description],
      'widens',
    ),
    // More is more harm, less is less care: either way a person looks.
    ...changeOf(
      `${pointer}/reversibility`,
      'reversibility',
      [before.reversibility, after.reversibility],
      'widens',
    ),
    ...changeOf(
      `${pointer}/idempotent`,
      'idempotency',
      [before.idempotent, after.idempotent],
      after.idempotent ? 'widens' : 'narrows',
    ),
    ...changeOf(
      `${pointer}/profile`,
      'profile',
      [before.profile, after.profile],
      stricter ? 'narrows' : 'widens',
    ),
    ...limitChanges(before, after, `${pointer}/limits`),
    ...hintChanges(was, is, `${pointer}/hints`),
    ...schemaChanges(before.input, after.input, `${pointer}/input`),
    ...schemaChanges(before.output, after.output, `${pointer}/output`),
    ...exampleChanges(before, after, `${pointer}/examples`),
  ];
};

const limitChanges = (
  before: ManifestEntry,
  after: ManifestEntry,
  pointer: string,
): readonly ManifestChange[] =>
  ENTRY_LIMITS.flatMap((name) => {
    const was = before.limits[name] ?? PROFILE_CAPS[before.profile][name];
    const is = after.limits[name] ?? PROFILE_CAPS[after.profile][name];
    return changeOf(`${pointer}/${name}`, 'limit', [was, is], is > was ? 'widens' : 'narrows');
  });

const hintChanges = (
  was: EntryWithRequests,
  is: EntryWithRequests,
  pointer: string,
): readonly ManifestChange[] => {
  const before = toolHints(was.entry, was.requests);
  const after = toolHints(is.entry, is.requests);
  return HINTS.flatMap((hint) => {
    const kind = after[hint] === CAUTIOUS[hint] ? 'narrows' : 'widens';
    return changeOf(`${pointer}/${hint}`, 'hint', [before[hint], after[hint]], kind);
  });
};

const exampleChanges = (
  before: ManifestEntry,
  after: ManifestEntry,
  pointer: string,
): readonly ManifestChange[] => {
  const shownOf = ({ examples }: ManifestEntry) =>
    examples.map(({ title, input }) => ({ title, input }));
  const was = shownOf(before);
  const is = shownOf(after);
  // Examples are shown to people and models like any text of the author: only fewer of them say nothing new.
  const fewer = is.every((example) => was.some((known) => sameJson(known, example)));
  return changeOf(pointer, 'example', [was, is], fewer ? 'narrows' : 'widens');
};

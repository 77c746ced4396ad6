import type { StepLimits } from '../../../protocol/limits.ts';
import type { ProfileName } from '../../../vocabulary/enums.ts';
import type {
  EntryKind,
  Manifest,
  ManifestEntry,
  ManifestRequests,
} from '../../../vocabulary/manifest.ts';
import { cannotSentences } from './cannot-sentences.ts';
import { limitSentences } from './limit-sentences.ts';
import { maySentences } from './may-sentences.ts';
import { undoSentences } from './undo-sentences.ts';

/** What a person reads of a plugin. All but `says` follows from handles and limits, which are enforced. */
export interface ManifestSentences {
  readonly id: string;
  readonly version: string;
  readonly entries: readonly EntrySentences[];
}

export interface EntrySentences {
  readonly kind: EntryKind;
  readonly name: string;
  /** The author's own words: nothing checks them. */
  readonly says: string;
  readonly may: readonly string[];
  readonly cannot: readonly string[];
  readonly uses: readonly string[];
  /** Whether what it does can be taken back, and whether it may run twice. */
  readonly leaves: readonly string[];
}

/** What of the profiles the sentences are about. */
export type ProfileLimits = Readonly<Record<ProfileName, { readonly limits: StepLimits }>>;

/** What each entry of a plugin can do, for how long, and what it cannot: generated, never quoted. */
export const manifestSentences = (
  { id, version, requests, entries }: Manifest,
  profiles: ProfileLimits,
): ManifestSentences => ({
  id,
  version,
  entries: [...entries.values()].map((entry) => entrySentences(entry, requests, profiles)),
});

const entrySentences = (
  entry: ManifestEntry,
  requests: ManifestRequests,
  profiles: ProfileLimits,
): EntrySentences => ({
  kind: entry.kind,
  name: entry.name,
  says: entry.description,
  may: maySentences(entry, requests),
  cannot: cannotSentences(entry, requests),
  uses: limitSentences(entry, profiles[entry.profile].limits),
  leaves: undoSentences(entry),
});

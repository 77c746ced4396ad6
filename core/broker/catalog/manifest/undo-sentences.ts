import type { Reversibility } from '../../../vocabulary/capability.ts';
import type { ManifestEntry } from '../../../vocabulary/manifest.ts';

const UNDO: Readonly<Record<Reversibility, string>> = {
  'read-only': 'It changes nothing.',
  reversible: 'What it does can be undone.',
  'externally-reversible': 'What it does can be undone outside of this agent alone.',
  irreversible: 'What it does cannot be undone.',
};

/** Whether a run can be taken back, and whether it may be repeated. */
export const undoSentences = ({ reversibility, idempotent }: ManifestEntry): readonly string[] => [
  UNDO[reversibility],
  idempotent
    ? 'If its process breaks down, it may run once more.'
    : 'If its process breaks down, it is not run again.',
];

import type { JsonObject } from '../../vocabulary/json.ts';
import type { Row } from './row.ts';

/** What the machine and the process under examination are, for the head of the report. */
export type Facts = Readonly<Record<string, string | number | readonly string[]>>;

/** What `doctor` found: it holds when every mandatory row does. */
export interface Verdict {
  readonly ok: boolean;
  readonly facts: Facts;
  readonly rows: readonly Row[];
  readonly missing: readonly Missing[];
}

interface Missing {
  readonly row: string;
  readonly answered: string;
  readonly remedy: string;
}

export const verdictOf = (facts: Facts, rows: readonly Row[]): Verdict => {
  const missing = rows
    .filter(({ mandatory, ok }) => mandatory && !ok)
    .map((row) => ({ row: nameOf(row), answered: row.answered, remedy: row.remedy ?? REMEDY }));
  return { ok: rows.length > 0 && missing.length === 0, facts, rows, missing };
};

const REMEDY =
  'put the layers right that do not stand; where all do, report this as a fault of the agent';

/** `cell standard: open a file`. */
const nameOf = ({ process, profile, tried }: Row): string =>
  `${process}${profile === null ? '' : ` ${profile}`}: ${tried}`;

export const verdictJson = ({ ok, facts, rows, missing }: Verdict): JsonObject => ({
  ok,
  facts,
  rows: rows.map(({ process, profile, tried, answered, enforcedBy, mandatory, ok: holds }) => ({
    process,
    profile,
    tried,
    answered,
    enforced_by: enforcedBy,
    mandatory,
    ok: holds,
  })),
  missing: missing.map((entry) => ({ ...entry })),
});

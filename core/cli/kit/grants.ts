import { CAPABILITY_FACTS, type Capability } from '../../vocabulary/capability.ts';
import type { Manifest } from '../../vocabulary/manifest.ts';
import type { CaseResult } from './run-cases.ts';

/** What an entry asks for with one parameter, and what its cases did with that. */
export interface GrantUse {
  readonly entry: string;
  readonly parameter: string;
  readonly capability: Capability;
  /** `never_given` where no case names anything for it: nothing is known of its use. */
  readonly use: 'used' | 'unused' | 'never_given';
  /** Calls by method, those that the handle has and nobody called included. */
  readonly calls: Readonly<Record<string, number>>;
  readonly bytes: number;
}

/** Declared against touched: each annotation of a manifest, with the calls of all its cases together. */
export const grantUses = (
  manifest: Manifest,
  results: readonly CaseResult[],
): readonly GrantUse[] =>
  [...manifest.entries.values()].flatMap(({ name: entry, annotations }) =>
    annotations.map(({ parameter, capability }): GrantUse => {
      const given = results
        .filter((result) => result.entry === entry)
        .flatMap(({ handles }) => handles)
        .filter((use) => use.parameter === parameter);
      const calls = Object.fromEntries(
        CAPABILITY_FACTS[capability].methods.map((method) => [
          method,
          sum(given.map((use) => use.calls[method] ?? 0)),
        ]),
      );
      const isUsed = Object.values(calls).some((count) => count > 0);
      return {
        entry,
        parameter,
        capability,
        use: isUsed ? 'used' : given.length > 0 ? 'unused' : 'never_given',
        calls,
        bytes: sum(given.map(({ bytes }) => bytes)),
      };
    }),
  );

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

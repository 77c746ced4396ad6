import { AgentError } from '../vocabulary/errors.ts';
import KNOWN_BAD from './known-bad.json' with { type: 'json' };
import type { Versions } from './messages.ts';

const OLDEST_NODE = 26;
/** Older ones let guest code run while the host copies a value (GHSA-864f-rcv7-6rh4, critical). */
const OLDEST_ISOLATED_VM = [7, 0, 1] as const;
/** Engines on which the wall was tried; another one may bring globals and behaviour nobody looked at. */
const KNOWN_V8_MAJORS: readonly string[] = ['14.6'];

/**
 * Refuses an engine on which the wall is not known to hold (attack 201), and one of `known-bad.json`: the flaws
 * that reach this program, each with where it is told of. What reaches nothing that is used here is no row.
 * @throws sandbox_unavailable saying which part and why
 */
export const assertVersions = ({ node, v8, isolatedVm }: Versions): void => {
  const nodeMajor = numbers(node)[0] ?? 0;
  if (nodeMajor < OLDEST_NODE) refuse(`node is \`${node}\`, expected ${OLDEST_NODE} or newer`);
  if (!KNOWN_V8_MAJORS.includes(v8.split('.').slice(0, 2).join('.'))) {
    refuse(`v8 is \`${v8}\`, expected one that was tried: \`${KNOWN_V8_MAJORS.join(', ')}\``);
  }
  for (const { part, since, fixed, because, source } of KNOWN_BAD) {
    const found = part === 'node' ? node : isolatedVm;
    if (isOlder(numbers(found), numbers(since)) || !isOlder(numbers(found), numbers(fixed)))
      continue;
    refuse(`${part} is \`${found}\`, expected ${fixed} or newer: ${because} (${source})`);
  }
  if (isOlder(numbers(isolatedVm), OLDEST_ISOLATED_VM)) {
    const oldest = OLDEST_ISOLATED_VM.join('.');
    refuse(
      `isolated-vm is \`${isolatedVm}\`, expected ${oldest} or newer: older ones let a guest ` +
        'run code while the host copies its values and corrupt the memory of the process',
    );
  }
};

const refuse = (message: string): never => {
  throw new AgentError({ code: 'sandbox_unavailable', message });
};

/** The numbers of a plain release; anything else (a pre-release, no version) counts as the oldest. */
const numbers = (version: string): readonly number[] =>
  /^\d+\.\d+\.\d+$/.test(version) ? version.split('.').map(Number) : [0, 0, 0];

const isOlder = (a: readonly number[], b: readonly number[]): boolean => {
  for (const [place, wanted] of b.entries()) {
    const found = a[place] ?? 0;
    if (found !== wanted) return found < wanted;
  }
  return false;
};

import type { Capability } from '../../../vocabulary/capability.ts';
import type { ManifestEntry, ManifestRequests } from '../../../vocabulary/manifest.ts';
import type { DocumentPath } from '../../../vocabulary/parse/yaml.ts';
import type { Fault } from './fault.ts';
import { leastReversibility, rankOf } from './reversibility.ts';
import { CAUTIOUS, derivedHints, HINTS } from './tool-hints.ts';

/** Where an entry says less of its power than its handles give it (attacks 144, 147; AISVS 9.2.3). */
export const powerFaults = (
  entry: ManifestEntry,
  requests: ManifestRequests,
  path: DocumentPath,
): readonly Fault[] => [
  ...reversibilityFaults(entry, path),
  ...unrequested(entry, requests, path),
  ...hintFaults(entry, requests, path),
];

const reversibilityFaults = (entry: ManifestEntry, path: DocumentPath): readonly Fault[] => {
  const { reversibility, idempotent, annotations } = entry;
  const least = leastReversibility(annotations);
  if (rankOf(reversibility) < rankOf(least)) {
    return [
      {
        path: [...path, 'reversibility'],
        at: 'value',
        rule: 'reversibility-understated',
        problem: `what this ${entry.kind} asks for makes it \`${least}\` at least`,
        mend: `write \`${least}\`, or ask for less`,
      },
    ];
  }
  // What writes is never repeated: whether its first run had its effect is exactly what nobody knows.
  if (!idempotent || reversibility === 'read-only') return [];
  return [
    {
      path: [...path, 'idempotent'],
      at: 'value',
      rule: 'idempotent-write',
      problem: `only a read-only ${entry.kind} is idempotent`,
      mend: 'remove `idempotent`',
    },
  ];
};

/** The request without which a capability could name nothing. */
const NEEDED: ReadonlyMap<Capability, 'tools' | 'egress'> = new Map([
  ['tool.invoke', 'tools'],
  ['airlock.fetch', 'egress'],
]);

const unrequested = (
  { annotations }: ManifestEntry,
  requests: ManifestRequests,
  path: DocumentPath,
): readonly Fault[] =>
  annotations.flatMap(({ parameter, capability, many }): readonly Fault[] => {
    const needed = NEEDED.get(capability);
    if (needed === undefined || requests[needed].length > 0) return [];
    const inner = many ? ['items', 'x-capability'] : ['x-capability'];
    return [
      {
        path: [...path, 'input', 'properties', parameter, ...inner],
        at: 'value',
        rule: 'request-missing',
        problem: `\`${capability}\` without \`requests.${needed}\``,
        mend: `list under \`requests.${needed}\` what the parameter may name`,
      },
    ];
  });

const hintFaults = (
  entry: ManifestEntry,
  requests: ManifestRequests,
  path: DocumentPath,
): readonly Fault[] => {
  const derived = derivedHints(entry, requests);
  return HINTS.flatMap((hint): readonly Fault[] => {
    const stated = entry.hints?.[hint];
    if (stated === undefined || stated === derived[hint] || stated === CAUTIOUS[hint]) return [];
    return [
      {
        path: [...path, 'hints', hint],
        at: 'value',
        rule: 'hint-less-cautious',
        problem: `the handles of this entry make it ${derived[hint]}`,
        mend: `write ${derived[hint]}, or leave it out`,
      },
    ];
  });
};

/** Requests that no parameter of any entry can use: power that is asked for and not explained (attack 147). */
export const unusedRequests = (
  entries: readonly ManifestEntry[],
  requests: ManifestRequests,
): readonly Fault[] =>
  [...NEEDED].flatMap(([capability, request]): readonly Fault[] => {
    const used = entries.some(({ annotations }) =>
      annotations.some((annotation) => annotation.capability === capability),
    );
    if (used || requests[request].length === 0) return [];
    return [
      {
        path: ['requests', request],
        at: 'key',
        rule: 'request-unused',
        problem: `no parameter has \`x-capability: ${capability}\`, so nothing can use this`,
        mend: `remove it, or mark the parameter that names it with \`x-capability: ${capability}\``,
      },
    ];
  });

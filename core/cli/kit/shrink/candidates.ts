import {
  CAPABILITY_FACTS,
  type Capability,
  REVERSIBILITIES,
  type Reversibility,
} from '../../../vocabulary/capability.ts';
import type { ProfileName } from '../../../vocabulary/enums.ts';
import type { Annotation, Manifest, ManifestEntry } from '../../../vocabulary/manifest.ts';
import type { DocumentPath } from '../../../vocabulary/parse/yaml.ts';
import { grantUses } from '../grants.ts';
import type { CaseResult } from '../run-cases.ts';
import { limitNeed, MEASURED_LIMITS } from './limit-need.ts';
import type { Edit } from './manifest-document.ts';

/** A grant that may be more than the cases need, and the edits that take it away. */
export interface Candidate {
  /** JSON pointer of what becomes less. */
  readonly pointer: string;
  readonly what: string;
  readonly edits: readonly Edit[];
}

/**
 * All that the cases did not use, in the order in which it is taken away. A handle that was called is needed: its
 * removal is not even tried.
 */
export const candidates = (
  manifest: Manifest,
  results: readonly CaseResult[],
): readonly Candidate[] => {
  const unused = grantUses(manifest, results).filter(({ use }) => use !== 'used');
  const isUnused = (entry: string, parameter: string): boolean =>
    unused.some((grant) => grant.entry === entry && grant.parameter === parameter);
  const entries = [...manifest.entries.values()];
  const kept = (entry: ManifestEntry): readonly Annotation[] =>
    entry.annotations.filter(({ parameter }) => !isUnused(entry.name, parameter));
  const holds = (capability: Capability): boolean =>
    entries.some((entry) => kept(entry).some((each) => each.capability === capability));
  return [
    ...entries.flatMap((entry) =>
      entry.annotations
        .filter(({ parameter }) => isUnused(entry.name, parameter))
        .map((annotation) => ungranted(manifest, entry, annotation)),
    ),
    ...requestCandidates(manifest, results, holds),
    ...entries.flatMap((entry) => entryCandidates(entry, kept(entry), results)),
  ];
};

const ungranted = (
  manifest: Manifest,
  entry: ManifestEntry,
  { parameter, capability, many }: Annotation,
): Candidate => {
  const path = [...placeOf(entry), 'input', 'properties', parameter, ...(many ? ['items'] : [])];
  // A request that no parameter can use any more is refused, so it goes with the last that could.
  const request = REQUEST_OF.get(capability);
  const others = [...manifest.entries.values()].flatMap(({ name, annotations }) =>
    annotations.filter(
      (each) =>
        each.capability === capability && !(name === entry.name && each.parameter === parameter),
    ),
  );
  const orphan =
    request !== undefined && others.length === 0 ? [{ path: ['requests', request] }] : [];
  return candidate([...path, 'x-capability'], `\`${capability}\` of \`${parameter}\``, [
    { path: [...path, 'x-capability'] },
    ...orphan,
  ]);
};

const REQUEST_OF: ReadonlyMap<Capability, string> = new Map([
  ['tool.invoke', 'tools'],
  ['airlock.fetch', 'egress'],
]);

const requestCandidates = (
  { requests }: Manifest,
  results: readonly CaseResult[],
  holds: (capability: Capability) => boolean,
): readonly Candidate[] => {
  const named = (by: Capability): ReadonlySet<string> =>
    new Set(
      results
        .flatMap(({ handles }) => handles)
        .filter(({ capability, calls }) => capability === by && Object.keys(calls).length > 0)
        .map(({ display }) => (by === 'airlock.fetch' ? hostOf(display) : display)),
    );
  // From the last to the first: the places of those that are still to be removed stay what they are.
  const invoked = named('tool.invoke');
  const tools = holds('tool.invoke')
    ? [...requests.tools.entries()].filter(([, name]) => !invoked.has(name)).reverse()
    : [];
  const fetched = named('airlock.fetch');
  const hosts = holds('airlock.fetch')
    ? [...requests.egress.entries()].filter(([, { host }]) => !fetched.has(host)).reverse()
    : [];
  return [
    ...(requests.inference
      ? [candidate(['requests', 'inference'], '`inference`', [{ path: ['requests', 'inference'] }])]
      : []),
    ...tools.map(([index, name]) =>
      candidate(['requests', 'tools', index], `tool \`${name}\``, [
        { path: ['requests', 'tools', index] },
      ]),
    ),
    ...hosts.map(([index, { host }]) =>
      candidate(['requests', 'egress', index], `host \`${host}\``, [
        { path: ['requests', 'egress', index] },
      ]),
    ),
  ];
};

const entryCandidates = (
  entry: ManifestEntry,
  annotations: readonly Annotation[],
  all: readonly CaseResult[],
): readonly Candidate[] => {
  const results = all.filter((result) => result.entry === entry.name);
  const place = placeOf(entry);
  const limits = MEASURED_LIMITS.flatMap((limit) => {
    const stated = entry.limits[limit];
    const need = limitNeed(limit, results);
    if (results.length === 0 || stated === undefined || stated <= need) return [];
    const path = [...place, 'limits', limit];
    return [candidate(path, `\`${limit}\` ${stated}, ${need} is enough`, [{ path, value: need }])];
  });
  const least = leastOf(annotations);
  const honest = [...place, 'reversibility'];
  const wider = REVERSIBILITIES.indexOf(entry.reversibility) > REVERSIBILITIES.indexOf(least);
  const profile = [...place, 'profile'];
  const stricter = PROFILES.slice(0, PROFILES.indexOf(entry.profile));
  return [
    ...limits,
    ...(wider
      ? [
          candidate(honest, `\`${entry.reversibility}\`, \`${least}\` is enough`, [
            { path: honest, value: least },
          ]),
        ]
      : []),
    ...(results.length === 0 ? [] : stricter).map((name) =>
      candidate(profile, `profile \`${entry.profile}\`, \`${name}\` is enough`, [
        { path: profile, value: name },
      ]),
    ),
  ];
};

const hostOf = (url: string): string => URL.parse(url)?.hostname ?? url;

/** From the strictest: the first that passes is the one. */
const PROFILES: readonly ProfileName[] = ['vetting', 'strict', 'standard'];

const leastOf = (annotations: readonly Annotation[]): Reversibility =>
  annotations
    .map(({ capability }) => CAPABILITY_FACTS[capability].reversibility)
    .reduce(
      (most, next) => (REVERSIBILITIES.indexOf(next) > REVERSIBILITIES.indexOf(most) ? next : most),
      'read-only',
    );

const placeOf = ({ kind, name }: ManifestEntry): DocumentPath => [`${kind}s`, name];

const candidate = (path: DocumentPath, what: string, edits: readonly Edit[]): Candidate => ({
  pointer: `/${path.join('/')}`,
  what,
  edits,
});

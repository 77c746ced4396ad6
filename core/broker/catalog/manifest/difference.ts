import { digestOf } from '../../../vocabulary/digest.ts';
import type { Sha256Hex } from '../../../vocabulary/ids.ts';
import type {
  EgressRequest,
  EntryKind,
  Manifest,
  ManifestEntry,
  ManifestRequests,
} from '../../../vocabulary/manifest.ts';
import { changeOf, type ManifestChange, nameChanges } from './change.ts';
import { entryChanges } from './entry-changes.ts';
import { manifestDigest } from './manifest-form.ts';

/** What a later manifest changes of an earlier one. */
export interface ManifestDifference {
  readonly changes: readonly ManifestChange[];
  readonly widens: boolean;
  /** Over both manifests and the list: what an operator who approves the difference names. */
  readonly digest: Sha256Hex;
}

/** Every change from one manifest to another; one that is not proved to narrow counts as widening (attack 145). */
export const manifestDifference = (before: Manifest, after: Manifest): ManifestDifference => {
  const changes = [
    ...changeOf('/id', 'id', [before.id, after.id], 'widens'),
    ...changeOf('/version', 'version', [before.version, after.version], 'changes'),
    ...TEXTS.flatMap((field) =>
      changeOf(`/${field}`, 'text', [before[field], after[field]], 'widens'),
    ),
    ...requestChanges(before.requests, after.requests),
    ...eachEntry(before, after),
  ];
  return {
    changes,
    widens: changes.some(({ kind }) => kind === 'widens'),
    digest: digestOf({
      before: manifestDigest(before),
      after: manifestDigest(after),
      changes: changes.map((change) => ({ ...change })),
    }),
  };
};

const TEXTS = ['title', 'description', 'license', 'authors'] as const;

const requestChanges = (
  before: ManifestRequests,
  after: ManifestRequests,
): readonly ManifestChange[] => {
  const hostsOf = (egress: readonly EgressRequest[]) => egress.map(({ host }) => host);
  return [
    ...changeOf(
      '/requests/inference',
      'inference',
      [before.inference, after.inference],
      after.inference ? 'widens' : 'narrows',
    ),
    ...nameChanges('/requests/tools', 'requested-tool', before.tools, after.tools),
    ...nameChanges('/requests/egress', 'host', hostsOf(before.egress), hostsOf(after.egress)),
    ...after.egress.flatMap(({ host, methods }, index) => {
      const earlier = before.egress.find((request) => request.host === host)?.methods;
      if (earlier === undefined) return [];
      return nameChanges(`/requests/egress/${index}/methods`, 'method', earlier, methods);
    }),
  ];
};

const FIELDS: Readonly<Record<EntryKind, string>> = { step: 'steps', tool: 'tools' };

const eachEntry = (before: Manifest, after: Manifest): readonly ManifestChange[] => {
  const names = new Set([...before.entries.keys(), ...after.entries.keys()]);
  return [...names].flatMap((name): readonly ManifestChange[] => {
    const was = before.entries.get(name);
    const is = after.entries.get(name);
    const kind = (is ?? was)?.kind ?? 'step';
    const pointer = `/${FIELDS[kind]}/${name}`;
    if (was !== undefined && is !== undefined) {
      return entryChanges(
        { entry: was, requests: before.requests },
        { entry: is, requests: after.requests },
        pointer,
      );
    }
    return was === undefined
      ? [...changeOf(pointer, 'entry', [null, kind], 'widens'), ...gained(is, pointer)]
      : changeOf(pointer, 'entry', [kind, null], 'narrows');
  });
};

/** The capabilities of an entry that is new, so that whoever approves it sees them. */
const gained = (entry: ManifestEntry | undefined, pointer: string): readonly ManifestChange[] =>
  (entry?.annotations ?? []).flatMap(({ parameter, capability, many }) => {
    const inner = many ? '/items' : '';
    const place = `${pointer}/input/properties/${parameter}${inner}/x-capability`;
    return changeOf(place, 'capability', [null, capability], 'widens');
  });

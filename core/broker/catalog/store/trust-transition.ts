import type { TrustState } from '../catalog.ts';

/** What happens to one version of a plugin. */
export const TRUST_VERBS = ['vet', 'approve', 'enable', 'replace', 'suspend', 'revoke'] as const;
export type TrustVerb = (typeof TRUST_VERBS)[number];

// `vet` is the verdict's word at installation, where nothing was widened; `approve` the operator's, who read
// what was. `replace` is what enabling another version does to this one: it may come back, by the operator.
const NEXT: Readonly<Record<TrustState, Readonly<Partial<Record<TrustVerb, TrustState>>>>> = {
  quarantined: { vet: 'vetted', approve: 'vetted', revoke: 'revoked' },
  vetted: { enable: 'enabled', revoke: 'revoked' },
  enabled: { replace: 'vetted', suspend: 'suspended', revoke: 'revoked' },
  suspended: { enable: 'enabled', revoke: 'revoked' },
  // Final for these bytes: the same ones cannot be installed again, their version is not a newer one.
  revoked: {},
};

/** The state that follows, or undefined where the verb does nothing in this state. */
export const transition = (state: TrustState, verb: TrustVerb): TrustState | undefined =>
  NEXT[state][verb];

import type { ConfigurableAction, Mode, Preference } from '../../../vocabulary/enums.ts';

/** A submission after the parse (wire contract section 2.3): the intent is trimmed, each workspace known. */
export interface SubmitRequest {
  readonly intent: string;
  readonly mode: Mode;
  readonly workspaces: readonly string[];
  readonly preferences: Readonly<Partial<Record<ConfigurableAction, Preference>>>;
}

/** Which steps an approval or a denial means. The strings are the caller's, not yet known as steps. */
export type Selection =
  | { readonly kind: 'all' }
  | { readonly kind: 'steps'; readonly steps: readonly string[] };

/** Who asks, as far as the kernel says: null where the connection is not a Unix socket. */
export interface Requester {
  readonly peer: PeerCredentials | null;
}

export interface PeerCredentials {
  readonly pid: number;
  readonly uid: number;
  readonly gid: number;
}

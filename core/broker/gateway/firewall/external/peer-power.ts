/** One answer of a peer, whole. */
export interface PeerAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: Uint8Array;
}

export interface PeerRequest {
  readonly path: string;
  readonly token: string;
  readonly body: string;
}

/**
 * Posts to the one address of the tool firewall. It follows no redirect, connects anew for each request, and
 * reads no answer beyond 64 KiB.
 * @throws PeerFailure for anything but a whole answer
 */
export type PostToPeer = (request: PeerRequest, signal: AbortSignal) => Promise<PeerAnswer>;

/** Why there is no answer, in words for the log and for an operator. */
export class PeerFailure extends Error {
  override readonly name = 'PeerFailure';
}

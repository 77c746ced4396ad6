import { KERNEL_LAYERS, type KernelLayer } from '../../protocol/messages.ts';
import { AgentError } from '../../vocabulary/errors.ts';
import type { BrokerPlaces } from './broker-places.ts';

/** What was found of this process, and what it tried once it was locked. */
export interface Trial {
  /** The layer that had to refuse. */
  readonly layer: KernelLayer;
  /** In words for the log. */
  readonly tried: string;
  /** errno's name, or that it worked. */
  readonly answered: string;
  readonly refused: boolean;
}

/** The effects of the lock; each throws where the kernel does not do it. */
export interface BrokerLockPower {
  /** Names of the threads that run already. */
  readonly threads: () => readonly string[];
  readonly holdsRing: () => boolean;
  readonly put: (layer: KernelLayer, places: BrokerPlaces) => void;
  readonly tryOut: (places: BrokerPlaces) => readonly Trial[];
}

export interface LayerFailure {
  readonly layer: KernelLayer;
  readonly reason: string;
}

/** A thread of libuv's pool: what it opens is not under a Landlock that another thread put up later. */
const POOL_THREAD = 'libuv-worker';

/**
 * Locks this very process, then tries what must be refused: a layer that answers that it stands and does
 * not refuse is no layer (attack 203). Nothing that a task can reach runs before.
 * @returns what is missing, which only a weak start goes on with
 * @throws AgentError `sandbox_unavailable` naming each layer and why
 */
export const lockBroker = (
  power: BrokerLockPower,
  places: BrokerPlaces,
  { weak }: { readonly weak: boolean },
): readonly LayerFailure[] => {
  const failures: LayerFailure[] = [];
  const fail = (layer: KernelLayer, reason: string): void => {
    failures.push({ layer, reason });
  };
  if (power.threads().includes(POOL_THREAD)) {
    fail('landlock', 'a thread of the pool runs already, which Landlock would not bind');
  }
  if (power.holdsRing()) {
    fail('seccomp', 'this process holds an io_uring, into which no filter sees');
  }
  for (const layer of KERNEL_LAYERS) {
    try {
      power.put(layer, places);
    } catch (thrown) {
      fail(layer, thrown instanceof Error ? thrown.message : 'unknown');
    }
  }
  for (const { layer, tried, answered, refused } of power.tryOut(places)) {
    if (!refused) fail(layer, `${tried} answered \`${answered}\``);
  }
  if (failures.length === 0 || weak) return failures;
  throw new AgentError({
    code: 'sandbox_unavailable',
    message: `the broker cannot lock itself: ${failures.map(textOf).join('; ')}`,
    remedy:
      'see `secai-agent doctor`; only in development `serve --allow-weak-sandbox` goes on without',
  });
};

const textOf = ({ layer, reason }: LayerFailure): string => `\`${layer}\`: ${reason}`;

import type { Descriptor } from '../../linux/descriptors.ts';
import { LinuxError } from '../../linux/linux-error.ts';
import type { KernelLayer, LockFacts } from '../../protocol/lock-facts.ts';
import { coverMissing } from './cover.ts';
import { type Layer, type LayerParts, makeKernelLayers } from './kernel-layers.ts';
import { noWall } from './no-wall.ts';
import { strangeDescriptors } from './strange-descriptors.ts';

interface LockParts extends Omit<LayerParts, 'abi'> {
  readonly landlockAbi: () => number;
  readonly descriptors: () => readonly Descriptor[];
  /** Gives up supplementary groups where the process may. */
  readonly dropGroups: () => boolean;
  readonly uid: number;
  /** A layer that is not there is left out of the answer in place of being a refusal. */
  readonly weak: boolean;
}

/**
 * Locks this process for good: from here on it can compute, read and write what it holds open, and end.
 *
 * Everything that runs later in this process is taken to be the attacker's: so whatever is not seen to
 * refuse now counts as not there, and a layer that is not there is the end of the cell, not a warning.
 * @throws sandbox_unavailable with the layer in its details
 */
export const lockDown = ({ weak, ...parts }: LockParts): LockFacts => {
  const strangers = strangeDescriptors(parts.descriptors());
  // A kernel without filters cannot keep rings away. With a ring a filter would end the process later on, so the
  // one goes without the other.
  const ringed = weak && strangers.length > 0 && strangers.every(({ kind }) => kind === 'io_uring');
  if (strangers.length > 0 && !ringed) {
    const open = strangers.map(({ fd, kind }) => `${fd} ${kind}`);
    throw noWall('descriptors', `open: ${open.join(', ')}`);
  }
  const landlockAbi = parts.landlockAbi();
  const { landlock, seccomp } = parts.wall;
  const covered = weak && landlockAbi < 1 ? [] : coverMissing(landlockAbi, landlock, seccomp);
  parts.dropGroups();
  const layers: KernelLayer[] = [];
  for (const layer of makeKernelLayers({ ...parts, abi: landlockAbi })) {
    if (ringed && layer.name === 'seccomp') continue;
    const reason = raise(layer);
    if (reason === undefined) layers.push(layer.name);
    else if (!weak) throw noWall(layer.name, reason);
  }
  return { layers, landlockAbi, covered, uid: parts.uid };
};

/** Undefined when the layer stands, else why it does not. */
const raise = ({ raise: up, holes }: Layer): string | undefined => {
  try {
    up();
    const found = holes();
    return found.length === 0 ? undefined : found.join('; ');
  } catch (thrown) {
    if (thrown instanceof LinuxError) return thrown.message;
    throw thrown;
  }
};

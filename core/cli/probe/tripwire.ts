import { lstatSync, readFileSync, utimesSync } from 'node:fs';

/** A file that tells whether somebody read it. */
export interface Tripwire {
  /** Sets the time of access back, to one that only a read moves on. */
  arm(): void;
  /** Always false on a file system that does not keep that time. */
  wasRead(): boolean;
}

// Kept lazily, as most systems do it, the time of access moves on with the first read after a change; that it
// lies before the change makes every first read show.
const ACCESSED = 1_000_000_000;
const CHANGED = ACCESSED + 1;

export const makeTripwire = (file: string): Tripwire => {
  const arm = (): void => utimesSync(file, ACCESSED, CHANGED);
  const moved = (): boolean =>
    (lstatSync(file, { throwIfNoEntry: false })?.atimeMs ?? 0) !== ACCESSED * 1000;
  arm();
  readFileSync(file);
  const isKept = moved();
  return Object.freeze<Tripwire>({ arm, wasRead: () => isKept && moved() });
};

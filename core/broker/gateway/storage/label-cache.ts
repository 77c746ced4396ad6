import type { Label } from '../../../vocabulary/enums.ts';

export interface LabelCache {
  readonly get: (version: string) => Label | undefined;
  readonly set: (version: string, label: Label) => void;
}

/** Remembers the labels of files by version, so that listing a folder twice reads its files once. */
export const makeLabelCache = (most: number): LabelCache => {
  const labels = new Map<string, Label>();
  return Object.freeze<LabelCache>({
    get: (version) => labels.get(version),
    set: (version, label) => {
      labels.delete(version);
      labels.set(version, label);
      for (const oldest of labels.keys()) {
        if (labels.size <= most) break;
        labels.delete(oldest);
      }
    },
  });
};

import type { CellSource } from '../../broker/main/cell-source.ts';
import type { CellProcess } from '../../broker/supervisor/cell-process.ts';

/** Remembers the most memory that any cell was seen to hold. */
export interface PeakWatch {
  watching(cells: CellSource): CellSource;
  /** Bytes since the last time that this was asked. */
  take(): number;
}

const EVERY_MS = 25;

export const makePeakWatch = (): PeakWatch => {
  let peak = 0;
  const look = async (cell: CellProcess): Promise<void> => {
    const seen = await cell.usage();
    if (seen !== undefined) peak = Math.max(peak, seen.rssBytes, seen.peakRssBytes);
  };
  return Object.freeze<PeakWatch>({
    watching: (cells: CellSource): CellSource => ({
      ...cells,
      launch: async (profile) => {
        const cell = await cells.launch(profile);
        const timer = setInterval(() => void look(cell), EVERY_MS).unref();
        void cell.exited.then(() => clearInterval(timer));
        return cell;
      },
    }),
    take: () => {
      const taken = peak;
      peak = 0;
      return taken;
    },
  });
};

import type { ProfileName } from '../../../vocabulary/enums.ts';
import type { CellProcess } from '../../supervisor/cell-process.ts';
import type { CellSource } from '../cell-source.ts';

/**
 * Asks for one cell at once, which starts on another core while the broker is still being put together, and
 * hands it to whoever asks for the first of its profile. It is one cell like any other: nobody has used it, and
 * it tells by its hello that it is locked. One that ended meanwhile is handed out too, for the reason in it.
 */
export const withFirstCell = (source: CellSource, profile: ProfileName): CellSource => {
  let first: Promise<CellProcess> | undefined = source.launch(profile);
  first.then(
    // Nobody else listens yet, and an error that nobody hears would end the broker.
    ({ channel }) => channel.on('error', () => {}),
    // Told to whoever takes it.
    () => {},
  );
  return Object.freeze<CellSource>({
    ...source,
    launch: (wanted) => {
      if (wanted !== profile || first === undefined) return source.launch(wanted);
      const taken = first;
      first = undefined;
      return taken;
    },
  });
};

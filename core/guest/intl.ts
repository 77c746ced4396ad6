import { INTL_PERMITS } from './intl-permits.ts';
import { getPrototypeOf } from './primordials.ts';
import { sweep } from './sweep.ts';

const realIntl = Intl;

/** The language's `Intl`, swept by a permit list of its own. Most steps do without its hundred objects. */
export const makeIntl = (realm: ReadonlySet<object>): object => {
  const segments = new realIntl.Segmenter().segment('a');
  const named = {
    __proto__: null,
    Intl: realIntl,
    '%Segments%': getPrototypeOf(segments),
    '%SegmentIterator%': getPrototypeOf(segments[Symbol.iterator]()),
  };
  for (const object of sweep(INTL_PERMITS, named, realm)) Object.freeze(object);
  return realIntl;
};

import type { ManifestEntry } from '../../../vocabulary/manifest.ts';
import type { DocumentPath } from '../../../vocabulary/parse/yaml.ts';
import { checkValue } from '../schema-profile/check-value.ts';
import type { Fault } from './fault.ts';
import { hidesText } from './hidden-text.ts';

/** Examples that the entry's own input would refuse, or that hide something (attacks 138, 147). */
export const exampleFaults = (entry: ManifestEntry, path: DocumentPath): readonly Fault[] =>
  entry.examples.flatMap(({ input }, index): readonly Fault[] => {
    const place = [...path, 'examples', index, 'input'];
    if (hidesText(input)) return [{ path: place, ...HIDDEN }];
    const fits = checkValue(entry.input, input);
    if (fits.ok) return [];
    return [
      {
        path: [...place, ...fits.at.split('/').slice(1)],
        at: 'value',
        rule: 'example-misfit',
        problem: `does not fit the input: ${fits.problem}`,
        mend: 'correct the example, or the schema',
      },
    ];
  });

const HIDDEN = {
  at: 'value',
  rule: 'hidden-text',
  problem: 'holds characters that cannot be seen',
  mend: 'write text that is shown as it is; only line ends and tabs may stand in it',
} as const;

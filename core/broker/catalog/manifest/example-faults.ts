import type { ManifestEntry } from '../../../vocabulary/manifest.ts';
import type { DocumentPath } from '../../../vocabulary/parse/yaml.ts';
import { checkValue } from '../schema-profile/check-value.ts';
import type { Fault } from './fault.ts';

/** Examples that the entry's own input would refuse: the manifest contradicts itself (attack 147). */
export const exampleFaults = (entry: ManifestEntry, path: DocumentPath): readonly Fault[] =>
  entry.examples.flatMap(({ input }, index): readonly Fault[] => {
    const fits = checkValue(entry.input, input);
    if (fits.ok) return [];
    const inner = fits.at.split('/').slice(1);
    return [
      {
        path: [...path, 'examples', index, 'input', ...inner],
        at: 'value',
        rule: 'example-misfit',
        problem: `does not fit the input: ${fits.problem}`,
        mend: 'correct the example, or the schema',
      },
    ];
  });

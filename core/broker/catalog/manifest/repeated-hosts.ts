import type { ManifestRequests } from '../../../vocabulary/manifest.ts';
import type { Fault } from './fault.ts';

/** Hosts that stand twice: which of the two lists of methods would count is for nobody to guess (attack 147). */
export const repeatedHosts = ({ egress }: ManifestRequests): readonly Fault[] =>
  egress.flatMap(({ host }, index): readonly Fault[] =>
    egress.findIndex((other) => other.host === host) === index
      ? []
      : [
          {
            path: ['requests', 'egress', index, 'host'],
            at: 'value',
            rule: 'stands-twice',
            problem: `host \`${host}\` stands here twice`,
            mend: 'write one item with all its methods',
          },
        ],
  );

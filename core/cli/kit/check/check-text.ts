import { basename } from 'node:path';
import type { Finding } from '../../../vocabulary/manifest.ts';
import { counted, visible } from '../../shown-text.ts';
import type { PluginCheck } from './check-plugin.ts';

/** A check as a person reads it: each finding with its place, rule and mend. */
export const checkText = ({ manifest, findings, hints, script }: PluginCheck): string =>
  [
    ...findings.map((finding) => findingText(basename(manifest), finding)),
    ...hints.map(({ pointer, hint }) => `hint: ${pointer}: ${hint}`),
    ...(script === null
      ? []
      : [
          `script: ${counted(script.bytes, 'byte')} of ${counted(script.modules.length, 'module')}`,
          `packages: ${script.packages.length === 0 ? 'none' : script.packages.join(', ')}`,
        ]),
    findings.length === 0 ? 'no findings' : counted(findings.length, 'finding'),
  ].join('\n');

const findingText = (
  file: string,
  { pointer, rule, problem, mend, line, column }: Finding,
): string => {
  const place = line === undefined ? file : `${file}:${line}:${column ?? 1}`;
  return `${place}: ${visible(problem)}\n    at ${visible(pointer) || 'the root'}, rule ${rule}; mend: ${visible(mend)}`;
};

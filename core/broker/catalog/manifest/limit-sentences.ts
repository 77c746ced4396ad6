import type { StepLimits } from '../../../protocol/limits.ts';
import { narrowLimits } from '../../../protocol/parse-limits.ts';
import type { ProfileName } from '../../../vocabulary/enums.ts';
import type { ManifestEntry } from '../../../vocabulary/manifest.ts';

/** How much one run may use: the profile, narrowed by the manifest. */
export const limitSentences = (
  { profile, limits }: ManifestEntry,
  caps: StepLimits,
): readonly string[] => {
  const most = narrowLimits(caps, limits);
  return [
    `It runs at most ${secondsText(most.wall_ms)}, with ${secondsText(most.cpu_ms)} of processor time and ${most.heap_mb} MB of heap.`,
    most.calls_total === 0
      ? 'It calls no handle.'
      : `It calls its handles at most ${counted(most.calls_total)} times.`,
    `It answers with at most ${bytesText(most.result_bytes)}.`,
    CELLS[profile],
  ];
};

const CELLS: Readonly<Record<ProfileName, string>> = {
  standard: 'It shares its process with no other plugin (profile `standard`).',
  strict: 'It has a process for each run alone (profile `strict`).',
  vetting: 'It has a process for each run alone, with the least of everything (profile `vetting`).',
};

const secondsText = (milliseconds: number): string =>
  milliseconds % 1000 === 0 ? `${milliseconds / 1000} s` : `${milliseconds} ms`;

const counted = (count: number): string => count.toLocaleString('en').replaceAll(',', ' ');

const bytesText = (bytes: number): string => {
  if (bytes % 1024 ** 2 === 0) return `${bytes / 1024 ** 2} MiB`;
  return bytes % 1024 === 0 ? `${bytes / 1024} KiB` : `${counted(bytes)} bytes`;
};

const numbers = (version: string): readonly number[] => {
  const [release = '', ...extra] = version.split(/[-+]/);
  const parts = release.split('.').map(Number);
  if (parts.length !== 3 || parts.some((part) => !Number.isSafeInteger(part)))
    throw new Error(`\`${version}\` is no version`);
  // A pre-release comes before the release that it leads to.
  return [...parts, extra.length > 0 ? 0 : 1];
};

/** Negative where `a` is older than `b`, 0 where they are the same, positive where it is newer. */
export const compareVersions = (a: string, b: string): number => {
  const [left, right] = [numbers(a), numbers(b)];
  for (const [place, part] of left.entries()) {
    const difference = part - (right[place] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
};

export const majorOf = (version: string): number => numbers(version)[0] ?? 0;

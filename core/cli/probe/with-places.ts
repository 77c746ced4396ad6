/**
 * A script that finds where the canaries are, under one name beside its own. It is no property of the global
 * object, so a script that looks at that sees what every guest sees.
 */
export const withPlaces = (
  source: string,
  places: Readonly<Record<string, string | number>>,
): string => `const SECAI_CANARIES = Object.freeze(${JSON.stringify(places)}); ${source}`;

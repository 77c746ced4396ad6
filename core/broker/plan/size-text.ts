const UNITS = ['KB', 'MB', 'GB'] as const;

/** A size for people: `12 KB`; units of 1024, one digit behind the point below ten. */
export const sizeText = (bytes: number): string => {
  if (bytes < 1024) return bytes === 1 ? '1 byte' : `${bytes} bytes`;
  let value = bytes / 1024;
  let unit = 0;
  while (value >= 1023.5 && unit < UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  const text = value < 9.95 ? String(Math.round(value * 10) / 10) : String(Math.round(value));
  return `${text} ${UNITS[unit]}`;
};

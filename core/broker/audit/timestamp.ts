/** ISO-8601 in UTC with microseconds and `+00:00`, from Unix milliseconds (wire contract section 16). */
export const toTimestamp = (milliseconds: number): string => {
  const whole = Math.floor(milliseconds);
  const micros = Math.floor((milliseconds - whole) * 1000);
  const iso = new Date(whole).toISOString().slice(0, -1);
  return `${iso}${String(micros).padStart(3, '0')}+00:00`;
};

/** Never earlier than the entry before, so that a clock set back cannot reorder history (attack 185). */
export const notBefore = (previous: string, now: string): string =>
  // Both have one width and one zone, so their text sorts as their time.
  now < previous ? previous : now;

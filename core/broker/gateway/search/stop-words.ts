/** English words too common to tell one file from another. */
export const STOP_WORDS: ReadonlySet<string> = new Set(
  [
    'a about an and any are as at be been but by can could did do does for from had has have how',
    'i if in into is it its me my of on or our shall should so some such than that the their them',
    'then there these they this those to was we were what when where which who why will with would',
    'you your',
  ].flatMap((line) => line.split(' ')),
);

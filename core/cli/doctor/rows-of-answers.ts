import type { Attempt } from './attempts.ts';
import { enforcerOf, type Standing } from './enforcer.ts';
import type { Answer, Place, Row } from './row.ts';

/**
 * One row an attempt: refused when every thread that made it was refused by a layer of the wall. An attempt
 * without an answer, because the process ended before, is a failure like any other.
 */
export const rowsOfAnswers = (
  place: Place,
  attempts: readonly Attempt[],
  answers: readonly Answer[],
  standing: Standing,
): readonly Row[] =>
  attempts.map(({ tried, right }) => {
    const own = answers.filter((answer) => answer.tried === tried);
    const by = own.map((answer) => enforcerOf({ ...answer, right }, standing));
    const ok = own.length > 0 && !by.includes(null);
    return {
      ...place,
      tried,
      answered: textOf(own),
      enforcedBy: ok ? [...new Set(by)].join(', ') : null,
      mandatory: true,
      ok,
    };
  });

/** `EPERM`, and who was told so where there are several threads or they differ. */
const textOf = (answers: readonly Answer[]): string => {
  if (answers.length === 0) return 'no answer';
  const threads = Map.groupBy(answers, ({ answered }) => answered);
  if (answers.length === 1 && answers[0]?.thread === 'main') return answers[0].answered;
  return [...threads]
    .map(([answered, told]) => `${answered} (${told.map(({ thread }) => thread).join(', ')})`)
    .join(', ');
};

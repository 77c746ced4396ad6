import type { RawSyscall } from '../../linux/raw-syscall.ts';
import type { Attempt } from './attempts.ts';

interface Tools {
  readonly syscall: RawSyscall;
  readonly numbers: ReadonlyMap<string, number>;
}

/**
 * Makes every attempt and tells how each ended. An owned cell gets the text of this very function, so it
 * uses nothing but its arguments.
 */
export const tryEach = (
  { syscall, numbers }: Tools,
  attempts: readonly Attempt[],
  tell: (answer: {
    readonly tried: string;
    readonly call: string;
    readonly answered: string;
  }) => void,
): void => {
  for (const { tried, calls } of attempts) {
    let last = 0;
    let ended = { call: '', answered: 'done' };
    for (const [call, ...values] of calls) {
      const { value, errno } = syscall(
        numbers.get(call) ?? -1,
        ...values.map((argument) => {
          if (typeof argument !== 'object') return argument;
          if ('answer' in argument) return last;
          return 'room' in argument
            ? new Uint8Array(argument.room)
            : Uint8Array.from(argument.bytes);
        }),
      );
      last = value;
      ended = { call, answered: errno ?? 'done' };
      if (errno !== null) break;
    }
    tell({ tried, ...ended });
  }
};

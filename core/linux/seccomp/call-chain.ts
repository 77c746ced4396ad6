import { BPF, type Instruction, MAX_JUMP, plain } from './bpf.ts';

/** One system call: its number, and either one answer or a body that finds it from the arguments. */
export type Call =
  | { readonly kind: 'plain'; readonly number: number; readonly answer: number }
  | { readonly kind: 'tested'; readonly number: number; readonly body: readonly Instruction[] };

/**
 * The chain of comparisons with the accumulator, which holds the number, in the order of the calls. What
 * fits none falls out at the end. Calls in a row with the same answer share it: one instruction each.
 */
export const compileCalls = (calls: readonly Call[]): readonly Instruction[] => {
  const program: Instruction[] = [];
  let at = 0;
  while (at < calls.length) {
    const call = calls[at];
    if (call?.kind === 'plain') {
      const run = sameAnswer(calls.slice(at, at + MAX_JUMP), call.answer);
      program.push(...compileRun(run, call.answer));
      at += run.length;
    } else {
      if (call !== undefined) program.push(...compileTested(call.number, call.body));
      at += 1;
    }
  }
  return program;
};

const sameAnswer = (calls: readonly Call[], answer: number): readonly number[] => {
  const end = calls.findIndex((call) => call.kind !== 'plain' || call.answer !== answer);
  return calls.slice(0, end === -1 ? calls.length : end).map(({ number }) => number);
};

const compileRun = (numbers: readonly number[], answer: number): readonly Instruction[] => {
  const last = numbers.length - 1;
  const comparisons = numbers.map((k, position) => ({
    code: BPF.equal,
    jt: last - position,
    jf: position === last ? 1 : 0,
    k,
  }));
  return [...comparisons, plain(BPF.answer, answer)];
};

/** A body ends in an answer, so what it does to the accumulator is lost with it. A long one needs the far jump. */
const compileTested = (k: number, body: readonly Instruction[]): readonly Instruction[] =>
  body.length <= MAX_JUMP
    ? [{ code: BPF.equal, jt: 0, jf: body.length, k }, ...body]
    : [{ code: BPF.equal, jt: 1, jf: 0, k }, plain(BPF.jump, body.length), ...body];

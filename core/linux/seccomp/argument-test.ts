import { BPF, type Instruction, plain, RECORD } from './bpf.ts';
import type { SeccompOperator } from './syscall-rule.ts';

// The attacker controls every register. A call takes 64-bit arguments, a filter loads 32-bit words: one that
// looked at the low word alone would pass a call whose high word differs (attack 210). Every test therefore
// compares both, the high one first, unsigned. Where the kernel itself drops the high half (`socket` takes
// ints), a call with one set is refused though it would have been harmless: that is the safe side.

export interface ArgumentTest {
  readonly index: number;
  readonly op: SeccompOperator;
  readonly value: bigint;
  /** What the masked argument must equal; read by `SCMP_CMP_MASKED_EQ` alone. */
  readonly wanted: bigint;
}

/** Where a comparison leads: to the instruction after it, out of this test, or out of the whole rule. */
type Target = 'next' | 'passed' | 'failed';
interface Line {
  readonly code: number;
  readonly k: number;
  readonly yes?: Target;
  readonly no?: Target;
}

const high = (value: bigint): number => Number(value >> 32n);
const low = (value: bigint): number => Number(value & 0xffff_ffffn);

const linesOf = ({ index, op, value, wanted }: ArgumentTest): readonly Line[] => {
  const loadHigh = { code: BPF.load, k: RECORD.argumentHigh(index) };
  const loadLow = { code: BPF.load, k: RECORD.argumentLow(index) };
  const onHigh = (code: number, yes: Target, no: Target): Line => ({
    code,
    k: high(value),
    yes,
    no,
  });
  const onLow = (code: number, yes: Target, no: Target): Line => ({ code, k: low(value), yes, no });
  const whenAbove = (yes: Target, no: Target, last: Line): readonly Line[] => [
    loadHigh,
    onHigh(BPF.greater, yes, 'next'),
    onHigh(BPF.equal, 'next', no),
    loadLow,
    last,
  ];
  switch (op) {
    case 'SCMP_CMP_EQ':
      return [
        loadHigh,
        onHigh(BPF.equal, 'next', 'failed'),
        loadLow,
        onLow(BPF.equal, 'next', 'failed'),
      ];
    case 'SCMP_CMP_NE':
      return [
        loadHigh,
        onHigh(BPF.equal, 'next', 'passed'),
        loadLow,
        onLow(BPF.equal, 'failed', 'next'),
      ];
    case 'SCMP_CMP_GT':
      return whenAbove('passed', 'failed', onLow(BPF.greater, 'next', 'failed'));
    case 'SCMP_CMP_GE':
      return whenAbove('passed', 'failed', onLow(BPF.greaterOrEqual, 'next', 'failed'));
    case 'SCMP_CMP_LT':
      return whenAbove('failed', 'passed', onLow(BPF.greaterOrEqual, 'failed', 'next'));
    case 'SCMP_CMP_LE':
      return whenAbove('failed', 'passed', onLow(BPF.greater, 'failed', 'next'));
    case 'SCMP_CMP_MASKED_EQ':
      return [
        loadHigh,
        { code: BPF.and, k: high(value) },
        { code: BPF.equal, k: high(wanted), yes: 'next', no: 'failed' },
        loadLow,
        { code: BPF.and, k: low(value) },
        { code: BPF.equal, k: low(wanted), yes: 'next', no: 'failed' },
      ];
    default: {
      const unknown: never = op;
      throw new TypeError(`no operator: ${String(unknown)}`);
    }
  }
};

/** Instructions that go on past `afterwards` more where the test fails, and directly into them where it passes. */
export const compileArgumentTest = (
  test: ArgumentTest,
  afterwards: number,
): readonly Instruction[] => {
  const lines = linesOf(test);
  return lines.map(({ code, k, yes = 'next', no = 'next' }, position) => {
    const left = lines.length - position - 1;
    const offset = { next: 0, passed: left, failed: left + afterwards };
    return { ...plain(code, k), jt: offset[yes], jf: offset[no] };
  });
};

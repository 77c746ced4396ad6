import { BPF } from '../../../core/linux/seccomp/bpf.ts';

/** The call that a filter judges: `struct seccomp_data` without the instruction pointer. */
export interface CallRecord {
  readonly architecture: number;
  readonly number: number;
  readonly args: readonly bigint[];
}

const INSTRUCTION_BYTES = 8;

const pack = ({ architecture, number, args }: CallRecord): Buffer => {
  const record = Buffer.alloc(64);
  record.writeUInt32LE(number, 0);
  record.writeUInt32LE(architecture, 4);
  for (const [index, value] of args.entries()) record.writeBigUInt64LE(value, 16 + 8 * index);
  return record;
};

/**
 * Runs a program as the kernel does and gives its 32-bit answer. Throws where the kernel's own check would
 * have refused the program: an unknown instruction, an odd load, a way out that is no answer.
 */
export const interpret = (program: Uint8Array, call: CallRecord): number => {
  const code = Buffer.from(program);
  const record = pack(call);
  let accumulator = 0;
  for (let at = 0; at < code.length; at += INSTRUCTION_BYTES) {
    const operand = code.readUInt32LE(at + 4);
    const jump = (holds: boolean): void => {
      at += code.readUInt8(at + (holds ? 2 : 3)) * INSTRUCTION_BYTES;
    };
    const operation = code.readUInt16LE(at);
    switch (operation) {
      case BPF.load:
        if (operand % 4 !== 0) throw new Error(`load from ${operand}`);
        accumulator = record.readUInt32LE(operand);
        break;
      case BPF.and:
        accumulator = (accumulator & operand) >>> 0;
        break;
      case BPF.jump:
        at += operand * INSTRUCTION_BYTES;
        break;
      case BPF.equal:
        jump(accumulator === operand);
        break;
      case BPF.greater:
        jump(accumulator > operand);
        break;
      case BPF.greaterOrEqual:
        jump(accumulator >= operand);
        break;
      case BPF.answer:
        return operand;
      default:
        throw new Error(`instruction ${operation}`);
    }
  }
  throw new Error('the program ends without an answer');
};

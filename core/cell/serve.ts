import { violation } from '../protocol/frame.ts';
import type { FromCell, ToCell } from '../protocol/messages.ts';
import { makeIsolates } from './fresh-isolate.ts';
import { type Step, startStep } from './step.ts';
import { makeStock, type Stock } from './stock.ts';

/**
 * The cell's whole behaviour: setup once, then one step at a time. The returned function takes the
 * broker's messages; a message out of order throws, and the cell ends.
 */
export const makeServe = (
  program: string,
  send: (message: FromCell) => void,
  end: () => void,
): ((message: ToCell) => void) => {
  let stock: Stock | undefined;
  let busy = false;
  let step: Step | undefined;

  // V8 has lost control of an isolate, whose thread hangs for ever (attack 80): say why, then end.
  // The message is a constant of isolated-vm's, no guest's.
  const onCatastrophe = (message: string): void => {
    step?.fail(message.includes('out-of-memory') ? 'memory' : 'crash');
    setTimeout(end, 10);
  };
  const make = makeIsolates(program, onCatastrophe);

  const run = async (from: Stock, message: Extract<ToCell, { type: 'run' }>): Promise<void> => {
    const isolate = await from.take(message.limits.heap_mb);
    step = startStep(message, isolate, send);
    await step.ended;
    step = undefined;
    busy = false;
    send({ type: 'idle', step: message.step });
    from.fillLater();
  };

  return (message) => {
    const { type } = message;
    switch (type) {
      case 'setup':
        if (stock !== undefined) throw violation('second setup');
        stock = makeStock(make, message.limits.heap_mb);
        stock.fill().then(() => send({ type: 'idle', step: 0 }), end);
        return;
      case 'run':
        if (stock === undefined || busy) throw violation('run out of order');
        busy = true;
        run(stock, message).catch(end);
        return;
      case 'reply':
        if (step?.number === message.step) step.reply(message.seq, message.body);
        return;
      default: {
        const never: never = type;
        throw violation(`unknown type \`${String(never)}\``);
      }
    }
  };
};

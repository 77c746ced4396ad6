const LONG = process.env['SECAI_LONG'] === '1';
const LONG_TIMES = 20;

/** How often a property is tried: so often in the gate, and much more often in the long tier. */
export const runs = (few: number): number => (LONG ? few * LONG_TIMES : few);

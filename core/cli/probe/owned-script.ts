import { withPlaces } from './with-places.ts';

// The script is whole and alone in a function of its own, so its directives, its lines and its `return` are
// what they were. What stands before it tells of each system call. It runs in the attacker's own process: a
// script that goes round it hides calls from its own report, and moves no canary by that.

const TELLER = `(syscall, report, numbers) => {
  const names = new Map([...numbers].map(([name, number]) => [BigInt(number), name]));
  const number = (value) => (typeof value === 'number' || typeof value === 'bigint' ? Number(value) : null);
  return (nr, ...args) => {
    const answer = syscall(nr, ...args);
    const call = names.get(BigInt(nr)) ?? String(nr);
    report(JSON.stringify({ call, args: args.map(number), answer: answer.errno ?? String(answer.value) }));
    return answer;
  };
}`;

/** The text that an owned cell runs: the script, with the places of the canaries and a `syscall` that tells. */
export const ownedScript = (
  text: string,
  places: Readonly<Record<string, string | number>>,
): string => {
  const onOther = `${threadHead(places)}\n`;
  return withPlaces(
    `const told = (${TELLER})(syscall, report, numbers);
const other = (source) => onThread(${JSON.stringify(onOther)} + source + '\\n})(told, report, numbers);');
return (async (syscall, report, numbers, send, onThread) => {
${text}
})(told, report, numbers, send, other);`,
    places,
  );
};

const threadHead = (places: Readonly<Record<string, string | number>>): string =>
  withPlaces(
    `const told = (${TELLER})(syscall, report, numbers);
return (async (syscall, report, numbers) => {`,
    places,
  );

// Fill memory by patterns: their groups, their code, what they match. The document names how.
const patterns = {
  groups: () => new RegExp('()'.repeat(1_000_000)).exec(''),
  names: () => new RegExp(Array.from({ length: 200_000 }, (_, at) => `(?<n${at}>x)?`).join('')).exec('x'),
  lookbehind: () => new RegExp(`${'(?<=a'.repeat(20_000)}${')'.repeat(20_000)}`).test('a'),
  counted: () => /(?:(?:(?:a{1,1000}){1,1000}){1,1000}){1,1000}b/.test('a'.repeat(1e4)),
  matches: () => [...'a'.repeat(3e7).matchAll(/a/g)],
  code: () => {
    const held = [];
    for (let at = 0; ; at += 1) {
      const pattern = new RegExp(`${at}(?:x|y|z[${at}-\\uffff]){1,50}`, 'iu');
      pattern.test('x'.repeat(60));
      held.push(pattern);
    }
  },
};

export default async (input, handles) => {
  const { content } = await handles.path.read({ encoding: 'text' });
  let error;
  try {
    (patterns[content.trim()] ?? patterns.groups)();
  } catch (thrown) {
    error = thrown.name;
  }
  return { escaped: [], error };
};

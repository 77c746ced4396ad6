// Match a pattern that tries every way to split a text, and none fits. The document names the pattern.
const patterns = {
  nested: [/^(a+)+$/, 'a'],
  alternatives: [/^(a|a)*$/, 'a'],
  reference: [/^(a*)*\1b$/, 'a'],
  ahead: [/^(?=(a+)+$)b/, 'a'],
  behind: [/(?<=b(a+)+)!/, 'a'],
  folded: [/^(\w+\s?)*$/iu, 'K'],
};

export default async (input, handles) => {
  const { content } = await handles.path.read({ encoding: 'text' });
  const [pattern, part] = patterns[content.trim()] ?? patterns.nested;
  const fits = pattern.test(`${part.repeat(60)}!`);
  return { escaped: [`decided 2^60 splits: ${fits}`] };
};

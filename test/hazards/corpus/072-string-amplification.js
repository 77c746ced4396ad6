// Make much text of little. The document names how.
const amplifiers = {
  repeat: () => {
    const held = [];
    for (;;) held.push('x'.repeat(1e6) + held.length);
  },
  double: () => {
    let rope = 'x';
    for (;;) {
      rope += rope;
      rope.at(-1) && rope.codePointAt(rope.length >> 1);
    }
  },
  split: () => 'x'.repeat(1e8).split(''),
  match: () => 'a'.repeat(5e7).match(/a/g),
  pad: () => {
    const held = [];
    for (;;) held.push(''.padStart(1e7, `b${held.length}`).toUpperCase());
  },
  replace: () => {
    let text = 'ab';
    for (;;) text = text.replaceAll('', '$`$`$`');
  },
  join: () => new Array(1e6).fill('x'.repeat(1e4)).join('y'.repeat(1e3)),
  template: () => {
    let text = 'x'.repeat(1e6);
    const held = [];
    for (;;) held.push(`${text}${held.length}${text}`.toUpperCase());
  },
  escape: () => {
    const held = [];
    for (;;) held.push(encodeURIComponent('\u20ac'.repeat(1e6)) + held.length);
  },
};

export default async (input, handles) => {
  const { content } = await handles.path.read({ encoding: 'text' });
  (amplifiers[content.trim()] ?? amplifiers.repeat)();
  return { escaped: ['text without an end'] };
};

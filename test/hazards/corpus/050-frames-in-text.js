// Speak the protocol of the channel in the one place where a guest's text passes: an argument and a result.
export default async (input, handles) => {
  const head = (object) => `${JSON.stringify(object)}\n`;
  const forged = [
    head({ type: 'result', step: 1, cpu_ms: 0 }) + '{"ok":{}}',
    '\0\0\0\u0005{"type":"idle","step":1}\n',
    '"},"method":"write","args":{}}',
    '{"handle":"' + '0'.repeat(32) + '","method":"write","args":null}',
  ];
  const outcomes = [];
  for (const text of forged) {
    outcomes.push(await handles.path.read({ encoding: text }).catch((error) => error.code));
    outcomes.push(await handles.path.read({ [text]: text }).catch((error) => error.code));
  }
  return { escaped: [], outcomes: [...new Set(outcomes)], forged };
};

// Hand over text that is JSON by another reading: raw, with keys twice, with a mark before it, far too deep.
export default async (input, handles) => {
  const escaped = [];
  if ('rawJSON' in JSON || 'isRawJSON' in JSON) escaped.push('raw JSON');
  const bodies = [
    '{"encoding":"text","encoding":"base64"}',
    '\ufeff{"encoding":"text"}',
    '[[[[[[',
    '{"encoding":1e400}',
    '"}',
    '{"a":NaN}',
  ];
  const outcomes = [];
  for (const body of bodies) {
    outcomes.push(await handles.path.read(body).catch((error) => error.code));
    outcomes.push(await handles.path.read({ toJSON: () => body }).catch((error) => error.code));
    outcomes.push(await handles.path.read({ [body]: body }).catch((error) => error.code));
  }
  const numbers = await handles.path.read({ offset: 1e400 }).catch((error) => error.code);
  return { escaped, outcomes: [...new Set(outcomes)], numbers };
};

// Make the host hold what the guest asked for: thirty thousand calls under way, and large answers to each.
export default async (input, handles) => {
  let answered = 0;
  const calls = [];
  for (let call = 0; call < 30_000; call += 1) {
    calls.push(
      handles.path.read({ encoding: 'base64' }).then(
        () => (answered += 1),
        () => (answered += 1),
      ),
    );
  }
  await Promise.all(calls);
  return { escaped: [], answered };
};

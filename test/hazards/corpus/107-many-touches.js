// Touch files without an end, one call after another.
export default async (input, handles) => {
  let touched = 0;
  let refused = 0;
  for (let call = 0; call < 200; call += 1) {
    await handles.path.read({ encoding: 'text', length: 1 }).then(
      () => (touched += 1),
      (error) => (refused += error.code === 'budget_exceeded' ? 1 : 0),
    );
  }
  return { escaped: [], touched, refused };
};

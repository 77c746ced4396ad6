// Cut the work in slices, each far below the limit, with a call to the host between two of them.
export default async (input, handles) => {
  let slices = 0;
  for (; slices < 5000; slices += 1) {
    for (let step = 0, sum = 0; step < 20_000; step += 1) sum += step;
    await handles.path.read({ encoding: 'text' }).catch(() => {});
  }
  return { escaped: [`${slices} slices`] };
};

// Hold memory that lies outside the heap: buffers and their views. The document names the kind.
const makers = {
  buffer: () => new ArrayBuffer(1e6),
  bytes: () => new Uint8Array(1e6).fill(1),
  floats: () => Float64Array.from({ length: 100_000 }, () => 1.5),
  view: () => new DataView(new ArrayBuffer(1e6)),
  slice: () => new Uint8Array(1e6).buffer.slice(0),
  one: () => new Uint8Array(2 ** 31),
};

export default async (input, handles) => {
  const { content } = await handles.path.read({ encoding: 'text' });
  const make = makers[content.trim()] ?? makers.bytes;
  const held = [];
  for (let refusals = 0; held.length < 500; ) {
    try {
      held.push(make());
    } catch (error) {
      refusals += 1;
      if (refusals === 8) return { escaped: [], refused: error.constructor === RangeError, held: held.length };
    }
  }
  return { escaped: ['500 MB in buffers'] };
};

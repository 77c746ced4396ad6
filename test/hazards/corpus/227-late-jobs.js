// Queue jobs that drain after the answer, and rejections that surface as the answer's own.
export default async (input, handles) => {
  const { content } = await handles.path.read({ encoding: 'text' });
  const KINDS = ['rejected', 'timers', 'settled twice', 'in a getter'];
  const word = content.trim();
  const kind = KINDS.includes(word) ? word : 'jobs';
  const read = () => handles.path.read({ encoding: 'text', length: 1 });
  let ran = 0;
  const soon = async (turns) => {
    for (let turn = 0; turn < turns; turn += 1) await null;
    ran += 1;
    await read();
    return soon(turns * 2);
  };
  if (kind === 'rejected') {
    Promise.reject(new Error('the rejection of nobody'));
    Promise.reject({ get message() { throw 1; } });
    (async () => { throw new Error('of a job'); })();
  }
  if (kind === 'timers') {
    setTimeout(() => { throw new Error('of a timer'); }, 0);
    setTimeout(() => soon(1), 1);
  }
  if (kind === 'jobs') for (const turns of [1, 2, 3, 5, 8]) soon(turns).catch(() => {});
  if (kind === 'settled twice') {
    return new Promise((resolve, reject) => {
      resolve({ escaped: [] });
      reject(new Error('the second answer'));
      resolve({ escaped: ['the third answer'] });
      Promise.resolve().then(() => reject(new Error("the fourth")));
    });
  }
  if (kind === 'in a getter') {
    return {
      get escaped() {
        read().then(read, () => {});
        Promise.reject(new Error('while the answer is read'));
        return [];
      },
    };
  }
  return { escaped: [], ran };
};

import { spawn } from 'node:child_process';
import { closeSync, createReadStream, openSync } from 'node:fs';
import { Duplex } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { makePipe } from '../../core/linux/pipe.ts';
import { compileSeccomp } from '../../core/linux/seccomp/compile-seccomp.ts';
import { installSeccomp } from '../../core/linux/seccomp/install-seccomp.ts';
import { refuseRings } from '../../core/linux/seccomp/refuse-rings.ts';
import { CELL_FLAGS } from '../../core/spawner/cell-command.ts';

// Starts one real cell below a filter that takes something away, as an old kernel or a container would, and prints
// how it went: `cell-under-filter.js RULES FILES WORD…`, RULES being the `syscalls` of a seccomp profile, FILES
// what is open in the cell beyond its own.

const [rules = '[]', files = '[]', ...words] = process.argv.slice(2);
const paths: readonly string[] = JSON.parse(files);
const strangers = paths.map((path) => openSync(path, 'r'));
const syscalls = JSON.parse(rules);
if (!words.includes('--ring')) refuseRings();
installSeccomp(
  compileSeccomp(
    {
      defaultAction: 'SCMP_ACT_ALLOW',
      architectures: ['SCMP_ARCH_X86_64', 'SCMP_ARCH_AARCH64'],
      syscalls,
    },
    { architecture: process.arch === 'arm64' ? 'arm64' : 'x64', ownPid: process.pid },
  ),
);
const [reading, writing] = makePipe();
const main = fileURLToPath(new URL('../../core/cell/main.js', import.meta.url));
const child = spawn(
  process.execPath,
  [...CELL_FLAGS, main, ...words.filter((word) => word !== '--ring')],
  { env: {}, cwd: '/', stdio: ['ignore', 'ignore', writing, 'pipe', ...strangers] },
);
closeSync(writing);
const channel = child.stdio[3];
if (!(channel instanceof Duplex)) throw new Error('a cell without a channel');
const said = text(createReadStream('', { fd: reading }));
let hello = '';
channel.on('error', () => {});
channel.on('data', (chunk: Buffer) => {
  hello += chunk.toString('utf8', 4);
  child.kill('SIGKILL');
});
child.once('close', async (code) => {
  console.log(JSON.stringify({ code, said: await said, hello: hello.trim() }));
});

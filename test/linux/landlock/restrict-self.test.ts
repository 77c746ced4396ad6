import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { landlockAbi } from '../../../core/linux/landlock/landlock-abi.ts';
import { FS_RIGHTS } from '../../../core/linux/landlock/rights.ts';
import { inChild } from '../in-child.ts';

const base = mkdtempSync(join(tmpdir(), 'landlock-'));
after(() => rmSync(base, { recursive: true }));
for (const folder of ['in', 'in/sub', 'out']) mkdirSync(join(base, folder));
for (const file of ['in/a', 'out/a']) writeFileSync(join(base, file), 'content');

test('without rules nothing opens, and what a rule allows does, below its path alone', () => {
  const [open, closed] = inChild(
    {},
    (linux, base) => {
      linux.setNoNewPrivileges();
      const { outcome, fs } = linux;
      const read = (path: string) => outcome(() => fs.readFileSync(`${base}/${path}`));
      const before = read('out/a');
      const fsRules = [{ path: `${base}/in`, rights: ['read_file'] as const }];
      const rules = { fs: fsRules, connectPorts: [], bindPorts: [], scoped: [] };
      linux.restrictSelf(rules, linux.landlockAbi());
      const inside = [read('in/a'), outcome(() => fs.readdirSync(`${base}/in`))];
      const more = [
        read('out/a'),
        read('in/../out/a'),
        outcome(() => fs.readdirSync('/')),
        outcome(() => fs.openSync('/dev/null', 'r+')),
        outcome(() => fs.writeFileSync(`${base}/in/a`, '')),
        outcome(() => fs.truncateSync(`${base}/in/a`)),
        outcome(() => fs.writeFileSync(`${base}/in/new`, '')),
        outcome(() => fs.mkdirSync(`${base}/in/new`)),
        outcome(() => fs.symlinkSync('a', `${base}/in/new`)),
        outcome(() => fs.unlinkSync(`${base}/in/a`)),
        outcome(() => fs.rmdirSync(`${base}/in/sub`)),
        outcome(() => fs.renameSync(`${base}/in/a`, `${base}/in/b`)),
      ];
      return [[before, ...inside], more];
    },
    base,
  );
  assert.deepEqual(open, ['allowed', 'allowed', 'EACCES']);
  assert.deepEqual(
    closed,
    Array.from({ length: 12 }, () => 'EACCES'),
  );
});

test('the right to link across lets a rename pass between folders of the same rights, and to no other', () => {
  const answers = inChild(
    {},
    (linux, base) => {
      linux.setNoNewPrivileges();
      const { outcome, fs } = linux;
      for (const folder of ['one', 'two', 'more']) fs.mkdirSync(`${base}/${folder}`);
      fs.writeFileSync(`${base}/one/f`, '');
      const rights = ['read_file', 'make_reg', 'remove_file', 'refer'] as const;
      const fsRules = [
        { path: `${base}/one`, rights },
        { path: `${base}/two`, rights },
        { path: `${base}/more`, rights: [...rights, 'execute'] as const },
      ];
      const rules = { fs: fsRules, connectPorts: [], bindPorts: [], scoped: [] };
      linux.restrictSelf(rules, linux.landlockAbi());
      return [
        outcome(() => fs.renameSync(`${base}/one/f`, `${base}/two/f`)),
        outcome(() => fs.renameSync(`${base}/two/f`, `${base}/more/f`)),
        outcome(() => fs.renameSync(`${base}/two/f`, `${base}/f`)),
      ];
    },
    base,
  );
  assert.deepEqual(answers, ['allowed', 'EXDEV', 'EACCES']);
});

test('a connection goes to a listed port alone, and so does a listener', () => {
  const answers = inChild({}, async (linux) => {
    linux.setNoNewPrivileges();
    const listen = async () => {
      const server = linux.net.createServer((socket) => socket.destroy());
      await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(0)));
      const address = server.address();
      return typeof address === 'object' && address !== null
        ? { server, port: address.port }
        : null;
    };
    const [one, two] = [await listen(), await listen()];
    const port = one?.port ?? 0;
    const rules = { fs: [], connectPorts: [port], bindPorts: [port], scoped: [] };
    linux.restrictSelf(rules, linux.landlockAbi());
    const connect = (to: number) =>
      linux.laterOutcome(async () => {
        const socket = linux.net.connect(to, '127.0.0.1');
        await new Promise((resolve, reject) => socket.on('connect', resolve).on('error', reject));
        socket.destroy();
      });
    const bind = (at: number) =>
      linux.laterOutcome(async () => {
        const server = linux.net.createServer();
        await new Promise((resolve, reject) => {
          server.on('error', reject).listen(at, '127.0.0.1', () => resolve(0));
        });
        server.close();
      });
    const connected = [await connect(port), await connect(two?.port ?? 0)];
    await new Promise((resolve) => one?.server.close(resolve));
    two?.server.close();
    return [...connected, await bind(port), await bind(0)];
  });
  assert.deepEqual(answers, ['allowed', 'EACCES', 'allowed', 'EACCES']);
});

// What each interface is the first to refuse, tried under every one: a reduced set is that of an older kernel.
const triedUnder = (abi: number): Readonly<Record<string, string>> =>
  inChild(
    {},
    async (linux, base, abi) => {
      linux.setNoNewPrivileges();
      const { outcome, fs } = linux;
      const syscall = linux.bindRawSyscall();
      const x64 = process.arch === 'x64';
      const place = fs.mkdtempSync(`${base}/abi-`);
      for (const folder of ['p', 'q']) fs.mkdirSync(`${place}/${folder}`);
      fs.writeFileSync(`${place}/p/f`, 'content');
      const terminal = '/dev/ptmx';
      // Made before the restriction, so outside of it; as is the parent, at which the signal goes.
      const abstract = linux.net.createServer();
      await new Promise((resolve) => abstract.listen(`\0${place}`, () => resolve(0)));
      const server = linux.net.createServer((socket) => socket.destroy());
      await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(0)));
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      const rights = ['read_file', 'write_file', 'make_reg', 'remove_file'] as const;
      const fsRules = [
        { path: place, rights: abi >= 2 ? ([...rights, 'refer'] as const) : rights },
        { path: terminal, rights },
      ];
      const scoped = ['abstract_unix_socket', 'signal'] as const;
      linux.restrictSelf({ fs: fsRules, connectPorts: [], bindPorts: [], scoped }, abi);
      const connect = (to: number | string) =>
        linux.laterOutcome(async () => {
          const socket =
            typeof to === 'number'
              ? linux.net.connect(to, '127.0.0.1')
              : linux.net.connect({ path: to });
          await new Promise((resolve, reject) => socket.on('connect', resolve).on('error', reject));
          socket.destroy();
        });
      const terminalFd = fs.openSync(terminal, 'r+');
      const answers = {
        open: outcome(() => fs.openSync('/etc/passwd', 'r')),
        refer: outcome(() => fs.renameSync(`${place}/p/f`, `${place}/q/f`)),
        truncate: outcome(() => {
          fs.truncateSync(fs.existsSync(`${place}/q/f`) ? `${place}/q/f` : `${place}/p/f`);
        }),
        connect_tcp: await connect(port),
        // TIOCGPTN, a command that is for this kind of device alone.
        ioctl_dev:
          syscall(x64 ? 16 : 29, terminalFd, 0x80045430, Buffer.alloc(4)).errno ?? 'allowed',
        abstract_unix_socket: await connect(`\0${place}`),
        signal: outcome(() => process.kill(process.ppid, 0)),
      };
      server.close();
      abstract.close();
      return answers;
    },
    base,
    abi,
  );

test('under the interface of an older kernel exactly the rights that came later are not refused', () => {
  const later = ['truncate', 'connect_tcp', 'ioctl_dev', 'abstract_unix_socket', 'signal'] as const;
  const since = { truncate: 3, connect_tcp: 4, ioctl_dev: 5, abstract_unix_socket: 6, signal: 6 };
  for (const abi of [1, 2, 3, 4, 5, 6].filter((each) => each <= landlockAbi())) {
    const answers = triedUnder(abi);
    assert.equal(answers['open'], 'EACCES');
    // The first interface had no right for it, and refused it always.
    assert.equal(answers['refer'], abi === 1 ? 'EXDEV' : 'allowed');
    const refused = later.filter((right) => answers[right] !== 'allowed');
    assert.deepEqual(
      refused,
      later.filter((right) => since[right] <= abi),
      `ABI ${abi}: ${JSON.stringify(answers)}`,
    );
  }
});

test('what the main thread starts is restricted from its first instruction', () => {
  const [before, exec, cat, through] = inChild(
    {},
    (linux, base) => {
      linux.setNoNewPrivileges();
      const cat = (path: string) => {
        const { error, status } = linux.childProcess.spawnSync('/bin/cat', [path]);
        return error === undefined ? String(status) : String(Object(error).code);
      };
      const before = cat(`${base}/out/a`);
      const system = ['/bin', '/usr', '/lib', '/lib64', '/etc/ld.so.cache'];
      const all = ['execute', 'read_file', 'read_dir'] as const;
      const nothing = { connectPorts: [], bindPorts: [], scoped: [] };
      const fsRules = [...system, `${base}/in`].map((path) => ({ path, rights: all }));
      linux.restrictSelf({ fs: fsRules, ...nothing }, linux.landlockAbi());
      const inside = [cat(`${base}/in/a`), cat(`${base}/out/a`)];
      linux.restrictSelf({ fs: [], ...nothing }, linux.landlockAbi());
      return [before, ...inside, cat(`${base}/in/a`)];
    },
    base,
  );
  assert.equal(before, '0');
  assert.equal(exec, '0');
  assert.equal(cat, '1');
  assert.equal(through, 'EACCES');
});

test('a path that does not exist is left out, unless its rule demands it', () => {
  const answers = inChild(
    {},
    (linux, base) => {
      linux.setNoNewPrivileges();
      const nothing = { connectPorts: [], bindPorts: [], scoped: [] };
      const rule = { path: `${base}/none`, rights: ['read_file'] as const };
      const restrict = (required: boolean) =>
        linux.outcome(() =>
          linux.restrictSelf({ fs: [{ ...rule, required }], ...nothing }, linux.landlockAbi()),
        );
      const read = () => linux.outcome(() => linux.fs.readFileSync(`${base}/out/a`));
      return [restrict(true), read(), restrict(false), read()];
    },
    base,
  );
  assert.deepEqual(answers, ['ENOENT', 'allowed', 'allowed', 'EACCES']);
});

test('a rule for a file takes of its rights those that a file can have', () => {
  const answers = inChild(
    {},
    (linux, base, rights) => {
      linux.setNoNewPrivileges();
      const fsRules = [{ path: `${base}/in/a`, rights }];
      const rules = { fs: fsRules, connectPorts: [], bindPorts: [], scoped: [] };
      linux.restrictSelf(rules, linux.landlockAbi());
      const read = (path: string) => linux.outcome(() => linux.fs.readFileSync(`${base}/${path}`));
      return [read('in/a'), read('out/a')];
    },
    base,
    FS_RIGHTS,
  );
  assert.deepEqual(answers, ['allowed', 'EACCES']);
});

test('no Landlock is an error, and so is an ordinary user who may still gain privileges', () => {
  const answers = inChild({ ordinary: true }, (linux) => {
    const rules = { fs: [], connectPorts: [], bindPorts: [], scoped: [] };
    const restrict = (abi: number) => linux.outcome(() => linux.restrictSelf(rules, abi));
    const refused = [restrict(0), restrict(linux.landlockAbi())];
    return [...refused, linux.outcome(() => linux.fs.readFileSync('/etc/passwd'))];
  });
  assert.deepEqual(answers, ['ENOTSUP', 'EPERM', 'allowed']);
});

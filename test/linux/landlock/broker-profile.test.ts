import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { inChild } from '../in-child.ts';

const base = mkdtempSync(join(tmpdir(), 'broker-profile-'));
after(() => rmSync(base, { recursive: true }));
for (const folder of ['readable', 'writable', 'state', 'socket', 'secrets', 'other']) {
  mkdirSync(join(base, folder));
  writeFileSync(join(base, folder, 'f'), 'content');
}

test('the broker reads, writes and connects where its profile has a place for it, and nowhere else', () => {
  const { allowed, refused } = inChild(
    {},
    async (linux, base) => {
      linux.setNoNewPrivileges();
      const { outcome, laterOutcome, fs, net } = linux;
      const listen = (server: ReturnType<typeof net.createServer>, at: string | number) =>
        laterOutcome(() => {
          const { promise, resolve, reject } = Promise.withResolvers<void>();
          server.once('error', reject).once('listening', resolve);
          if (typeof at === 'number') server.listen(at, '127.0.0.1');
          else server.listen(at);
          return promise;
        });
      const portOf = (server: ReturnType<typeof net.createServer>) => {
        const address = server.address();
        return typeof address === 'object' && address !== null ? address.port : 0;
      };
      const connect = (port: number) =>
        laterOutcome(async () => {
          const socket = net.connect(port, '127.0.0.1');
          await new Promise((resolve, reject) => socket.on('connect', resolve).on('error', reject));
          socket.destroy();
        });
      const [peer, stranger, door] = [net.createServer(), net.createServer(), net.createServer()];
      for (const server of [peer, stranger, door]) await listen(server, 0);
      const doorPort = portOf(door);
      await new Promise((resolve) => door.close(resolve));

      const at = (path: string) => `${base}/${path}`;
      const folders = ['readable', 'writable', 'state', 'secrets'].map((name) => [
        `@${name}`,
        [at(name)],
      ]);
      const places = Object.fromEntries([...folders, ['@socket_folder', [at('socket')]]]);
      const ports = { '@peers': [portOf(peer)], '@listen': [doorPort] };
      linux.restrictSelf(linux.shippedRules('broker', places, ports), linux.landlockAbi());

      const read = (path: string) => outcome(() => fs.readFileSync(path));
      const write = (path: string) => outcome(() => fs.writeFileSync(path, 'new'));
      const rename = (from: string, to: string) => outcome(() => fs.renameSync(at(from), at(to)));
      const unix = [net.createServer(), net.createServer(), net.createServer(), net.createServer()];
      const socketIn = (place: number, folder: string) =>
        listen(unix[place] ?? net.createServer(), at(`${folder}/s`));
      const allowed = {
        read: ['readable/f', 'writable/f', 'state/f', 'secrets/f'].map((path) => read(at(path))),
        list: outcome(() => fs.readdirSync(at('readable'))),
        proc: read(`/proc/${process.ppid}/stat`),
        devices: [write('/dev/null'), outcome(() => fs.openSync('/dev/urandom', 'r'))],
        write: ['writable/n', 'state/n'].map((path) => write(at(path))),
        truncate: outcome(() => fs.truncateSync(at('state/n'))),
        folders: outcome(() => fs.mkdirSync(at('state/restore'))),
        across: [rename('writable/f', 'state/restore/f'), rename('state/restore/f', 'writable/f')],
        remove: [
          outcome(() => fs.rmdirSync(at('state/restore'))),
          outcome(() => fs.unlinkSync(at('writable/n'))),
        ],
        socket: await socketIn(0, 'socket'),
        peer: await connect(portOf(peer)),
        listen: await listen(door, doorPort),
      };
      const syscall = linux.bindRawSyscall();
      const mknod = (path: string, mode: number) =>
        syscall(process.arch === 'x64' ? 259 : 33, -100, at(path), mode, 0x103).errno;
      const refused = {
        other: [read(at('other/f')), write(at('other/n')), read('/etc/passwd')],
        list: outcome(() => fs.readdirSync(base)),
        write: ['readable/f', 'readable/n', 'secrets/f', 'secrets/n', 'socket/n'].map((path) =>
          write(at(path)),
        ),
        link: outcome(() => fs.symlinkSync('/etc', at('writable/l'))),
        special: [
          mknod('writable/fifo', 0o010600),
          mknod('writable/char', 0o020600),
          mknod('writable/block', 0o060600),
          mknod('state/socket', 0o140600),
        ],
        out: [rename('writable/f', 'other/f'), rename('other/f', 'writable/g')],
        socket: [
          await socketIn(1, 'writable'),
          await socketIn(2, 'state'),
          await socketIn(3, 'other'),
        ],
        stranger: await connect(portOf(stranger)),
        listen: await listen(net.createServer(), portOf(stranger) === 1 ? 2 : 1),
        exec: String(
          Object(linux.childProcess.spawnSync(process.execPath, ['--version']).error).code,
        ),
      };
      for (const server of [peer, stranger, door, ...unix]) server.close();
      return { allowed: Object.entries(allowed), refused: Object.entries(refused) };
    },
    base,
  );
  for (const [name, answers] of allowed)
    assert.deepEqual(new Set([answers].flat()), new Set(['allowed']), name);
  for (const [name, answers] of refused)
    assert.ok(
      [answers].flat().every((answer) => answer === 'EACCES' || answer === 'EXDEV'),
      `${name}: ${answers}`,
    );
});

test('the broker still signals processes that it did not start under its restriction', () => {
  const answer = inChild(
    {},
    (linux, base) => {
      linux.setNoNewPrivileges();
      const names = ['@readable', '@writable', '@state', '@secrets', '@socket_folder'];
      const places = Object.fromEntries(names.map((name) => [name, [base]]));
      const rules = linux.shippedRules('broker', places, { '@peers': [], '@listen': [] });
      linux.restrictSelf(rules, linux.landlockAbi());
      return linux.outcome(() => process.kill(process.ppid, 0));
    },
    base,
  );
  assert.equal(answer, 'allowed');
});

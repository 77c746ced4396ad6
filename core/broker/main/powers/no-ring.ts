import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setNoNewPrivileges } from '../../../linux/process-controls.ts';
import { compileSeccomp } from '../../../linux/seccomp/compile-seccomp.ts';
import { installSeccomp } from '../../../linux/seccomp/install-seccomp.ts';
import { parseSeccompProfile } from '../../../linux/seccomp/seccomp-profile.ts';
import { PACKAGE_ROOT } from '../../../vocabulary/package-root.ts';

let done = false;

/** What this process starts from now on gets no io_uring: it would do its work where seccomp does not look. */
export const forbidRings = (): void => {
  if (done) return;
  const file = join(PACKAGE_ROOT, 'sandbox-profiles/seccomp/no-ring.json');
  const profile = parseSeccompProfile(JSON.parse(readFileSync(file, 'utf8')));
  const architecture = process.arch === 'arm64' ? 'arm64' : 'x64';
  setNoNewPrivileges();
  installSeccomp(compileSeccomp(profile, { architecture, ownPid: process.pid }));
  done = true;
};

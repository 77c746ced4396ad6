import { refuseRings } from '../../core/linux/seccomp/refuse-rings.ts';

// What `serve` does before it becomes the broker, for the composition roots of `agents/`:
// `without-rings.js ARGUMENT…` becomes `node ARGUMENT…`, in which no event loop has an io_uring.

refuseRings();
process.execve?.(process.execPath, [process.execPath, ...process.argv.slice(2)], process.env);

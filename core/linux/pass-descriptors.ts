import { closeSync } from 'node:fs';
import {
  controlLength,
  controlRoom,
  messageFlags,
  messageHeader,
  readRights,
  rightsMessage,
} from './control-message.ts';
import { bindNative } from './libc.ts';
import { LinuxError } from './linux-error.ts';

const MSG_CTRUNC = 0x8;
const MSG_DONTWAIT = 0x40;
const MSG_NOSIGNAL = 0x4000;
const MSG_CMSG_CLOEXEC = 0x4000_0000;

const sendmsg = bindNative('sendmsg', 'long sendmsg(int, void*, int)');
const recvmsg = bindNative('recvmsg', 'long recvmsg(int, void*, int)');

/**
 * Sends descriptors over a Unix stream socket, with one byte of data to carry them.
 * @throws LinuxError, EAGAIN when the socket is full
 */
export const sendDescriptors = (socket: number, descriptors: readonly number[]): void => {
  const message = messageHeader(Buffer.alloc(1), rightsMessage(descriptors));
  sendmsg(socket, message.header, MSG_DONTWAIT | MSG_NOSIGNAL);
};

// The sender may be hostile. It chooses how many descriptors arrive and what they are; each one that
// arrives is open in this process. So the number must be the expected one, a message that the kernel had
// to cut is refused (the rest of it never arrived: a message of another kind beside the descriptors never
// fits their room, so it counts as cut), and whatever came with a refused one is closed at
// once: nobody fills this process's table (attack 206). What a descriptor is, the caller checks.

/**
 * Receives exactly `count` descriptors with their one byte; close-on-exec, never waiting.
 * @throws LinuxError: EAGAIN when nothing came yet, EPIPE at the end, EBADMSG for any other message
 */
export const receiveDescriptors = (socket: number, count: number): readonly number[] => {
  const control = controlRoom(count);
  const message = messageHeader(Buffer.alloc(1), control);
  const read = recvmsg(socket, message.header, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
  const descriptors = readRights(control.subarray(0, controlLength(message.header)));
  const whole = (messageFlags(message.header) & MSG_CTRUNC) === 0;
  if (read === 1 && whole && descriptors.length === count) return descriptors;
  for (const descriptor of descriptors) closeSync(descriptor);
  throw new LinuxError('recvmsg', read === 0 ? 'EPIPE' : 'EBADMSG');
};

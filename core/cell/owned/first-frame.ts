import type { Buffer } from 'node:buffer';
import type { Socket } from 'node:net';
import { type Frame, makeFrameReader } from '../../protocol/frame.ts';
import { MAX_FRAME_TO_CELL } from '../../protocol/messages.ts';

/** The first frame that comes up the channel; rejects when it ends before. */
export const firstFrame = (channel: Socket): Promise<Frame> =>
  new Promise((resolve, reject) => {
    const read = makeFrameReader(MAX_FRAME_TO_CELL);
    channel.on('data', (chunk: Buffer) => {
      try {
        const [frame] = read(chunk);
        if (frame !== undefined) resolve(frame);
      } catch (thrown) {
        reject(thrown);
      }
    });
    channel.once('end', () => reject(new Error('the channel ended before an attack came')));
  });

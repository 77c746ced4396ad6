import { Buffer, isUtf8 } from 'node:buffer';
import { AgentError } from '../vocabulary/errors.ts';
import type { JsonObject } from '../vocabulary/json.ts';
import { isJsonObject } from '../vocabulary/json.ts';

/**
 * One frame: u32 length (big endian), a JSON object on one line, a newline, and a body that only its reader
 * parses. The head is small and flat, so parsing it costs nothing, however large the body is.
 */
export interface Frame {
  readonly head: JsonObject;
  readonly body: string;
}

const LENGTH_BYTES = 4;
const MAX_HEAD_BYTES = 1024;
const NEWLINE = 0x0a;
/** So many pieces become one: each costs a hundred bytes beside its own. */
const PIECES = 1024;

export const violation = (message: string): AgentError =>
  new AgentError({ code: 'violation', message });

/** @throws violation when the frame would exceed `maxBytes`: the sender keeps the cap too */
export const encodeFrame = (head: JsonObject, body: string, maxBytes: number): Buffer => {
  const text = `${JSON.stringify(head)}\n`;
  const length = Buffer.byteLength(text) + Buffer.byteLength(body);
  if (length > maxBytes) throw violation(`frame of ${length} bytes exceeds ${maxBytes}`);
  const frame = Buffer.allocUnsafe(LENGTH_BYTES + length);
  frame.writeUInt32BE(length, 0);
  const headBytes = frame.write(text, LENGTH_BYTES);
  frame.write(body, LENGTH_BYTES + headBytes);
  return frame;
};

/**
 * Cuts a byte stream into frames. The returned function takes the next chunk and answers the frames that it
 * completes.
 *
 * The peer controls every byte. Its length field is compared with the cap before anything is kept for
 * it, so a frame that announces 4 GiB costs four bytes here; an incomplete frame holds at most the cap.
 * @throws violation
 */
export const makeFrameReader = (maxBytes: number): ((chunk: Buffer) => Frame[]) => {
  let chunks: Buffer[] = [];
  let held = 0;
  let loose = 0;

  const take = (count: number): Buffer => {
    const all = chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
    held -= count;
    chunks = held > 0 ? [all.subarray(count)] : [];
    return all.subarray(0, count);
  };
  let announced: number | undefined;

  return (chunk) => {
    const frames: Frame[] = [];
    chunks.push(chunk);
    held += chunk.length;
    loose += 1;
    // Sent byte by byte, a frame within its cap would take the broker a hundred times its size (attack 77).
    if (loose >= PIECES && chunks.length >= PIECES) {
      chunks.push(Buffer.concat(chunks.splice(-PIECES)));
      loose = 0;
    }
    for (;;) {
      if (announced === undefined) {
        if (held < LENGTH_BYTES) return frames;
        announced = take(LENGTH_BYTES).readUInt32BE(0);
        if (announced > maxBytes)
          throw violation(`frame of ${announced} bytes exceeds ${maxBytes}`);
      }
      if (held < announced) return frames;
      frames.push(decode(take(announced)));
      announced = undefined;
    }
  };
};

const decode = (bytes: Buffer): Frame => {
  const end = bytes.subarray(0, MAX_HEAD_BYTES).indexOf(NEWLINE);
  if (end < 0) throw violation('frame without a head');
  if (!isUtf8(bytes)) throw violation('frame is not utf-8');
  return { head: parseHead(bytes.toString('utf8', 0, end)), body: bytes.toString('utf8', end + 1) };
};

const parseHead = (text: string): JsonObject => {
  try {
    const head: unknown = JSON.parse(text);
    if (isJsonObject(head)) return head;
  } catch {
    // the text of a parse error quotes its input, so it goes no further
  }
  throw violation('frame head is not a json object');
};

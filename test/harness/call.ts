import { request } from 'node:http';
import { isJsonObject, type JsonObject } from '../../core/vocabulary/json.ts';

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  /** The body, which every reply of the agent has as a JSON object. */
  readonly body: JsonObject;
}

interface Call {
  readonly method?: string;
  readonly token?: string;
  /** An object is sent as JSON, text and bytes as they are. */
  readonly body?: JsonObject | string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One request on a connection of its own, as the UI proxy makes it. */
export const call = (socketPath: string, path: string, options: Call = {}): Promise<Reply> =>
  new Promise((resolve, reject) => {
    const { body, token, headers = {} } = options;
    const payload = isRaw(body) ? body : JSON.stringify(body);
    const sent = request(
      {
        socketPath,
        path,
        method: options.method ?? (body === undefined ? 'GET' : 'POST'),
        agent: false,
        timeout: 60_000,
        headers: {
          host: 'localhost',
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...(payload === undefined
            ? {}
            : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(payload) }),
          ...headers,
        },
      },
      (reply) => {
        const chunks: Buffer[] = [];
        reply.on('data', (chunk: Buffer) => chunks.push(chunk));
        reply.on('error', reject);
        reply.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          const status = reply.statusCode ?? 0;
          try {
            const value: unknown = text === '' ? {} : JSON.parse(text);
            resolve({
              status,
              headers: reply.headers,
              text,
              body: isJsonObject(value) ? value : {},
            });
          } catch (cause) {
            reject(
              new Error(`reply ${status} of ${path} is not JSON: ${text.slice(0, 200)}`, { cause }),
            );
          }
        });
      },
    );
    sent.on('timeout', () => sent.destroy(new Error(`no answer to ${path}`)));
    sent.on('error', reject);
    sent.end(payload);
  });

const isRaw = (body: Call['body']): body is string | Uint8Array | undefined =>
  body === undefined || typeof body === 'string' || body instanceof Uint8Array;

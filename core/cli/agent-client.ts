import { readFile } from 'node:fs/promises';
import { request } from 'node:http';
import { isJsonObject, type JsonObject, ownValue } from '../vocabulary/json.ts';
import { CommandFailure } from './command-failure.ts';
import { EXIT } from './exit-codes.ts';

/** Speaks to a running agent as the UI proxy does: one request, one JSON answer. */
export interface AgentClient {
  get(path: string): Promise<JsonObject>;
  post(path: string, body: JsonObject): Promise<JsonObject>;
}

interface Address {
  /** `unix:/path`, a bare path, or `127.0.0.1:8476`. */
  readonly bind: string;
  readonly tokenFile: string | undefined;
}

const ANSWER_TIMEOUT_MS = 30_000;
const NO_TOKEN = '\nname its file with --token-file, or set AGENT_UI_TOKEN_PATH';
const LARGEST_ANSWER = 16 * 1024 * 1024;

export const makeAgentClient = ({ bind, tokenFile }: Address): AgentClient => {
  const call = async (method: string, path: string, body?: JsonObject): Promise<JsonObject> => {
    const token = await readToken(tokenFile);
    const { status, text } = await exchange(bind, method, path, token, body);
    const answer = parseAnswer(text);
    if (status >= 200 && status < 300) return answer;
    const said = ownValue(answer, 'error');
    const remedy = ownValue(answer, 'remedy');
    throw new CommandFailure(
      EXIT.refused,
      `refused (${status}): ${typeof said === 'string' ? said : 'no reason given'}` +
        (typeof remedy === 'string' ? `\n${remedy}` : '') +
        (status === 401 && token === undefined ? NO_TOKEN : ''),
      answer,
    );
  };
  return {
    get: (path) => call('GET', path),
    post: (path, body) => call('POST', path, body),
  };
};

const readToken = async (tokenFile: string | undefined): Promise<string | undefined> => {
  if (tokenFile === undefined) return undefined;
  try {
    return (await readFile(tokenFile, 'utf8')).trim();
  } catch (cause) {
    throw new CommandFailure(
      EXIT.unreachable,
      `cannot read the token file \`${tokenFile}\`: ${codeOf(cause)}; name another with --token-file`,
    );
  }
};

const exchange = (
  bind: string,
  method: string,
  path: string,
  token: string | undefined,
  body: JsonObject | undefined,
): Promise<{ status: number; text: string }> =>
  new Promise((resolve, reject) => {
    const payload = body === undefined ? undefined : JSON.stringify(body);
    const [host, port] = bind.split(':');
    const isTcp = host === '127.0.0.1';
    const target = isTcp
      ? { host, port: Number(port) }
      : { socketPath: bind.replace(/^unix:/, '') };
    const call = request(
      {
        ...target,
        method,
        path,
        timeout: ANSWER_TIMEOUT_MS,
        headers: {
          host: isTcp ? bind : 'localhost',
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...(payload === undefined
            ? {}
            : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(payload) }),
        },
      },
      (reply) => {
        const chunks: Buffer[] = [];
        let size = 0;
        reply.on('data', (chunk: Buffer) => {
          size += chunk.length;
          if (size > LARGEST_ANSWER) call.destroy(new Error('the answer is too large'));
          else chunks.push(chunk);
        });
        reply.on('end', () =>
          resolve({ status: reply.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') }),
        );
        reply.on('error', reject);
      },
    );
    call.on('timeout', () => call.destroy(new Error('no answer in time')));
    call.on('error', (cause) =>
      reject(
        new CommandFailure(
          EXIT.unreachable,
          `no agent answers at \`${bind}\`: ${codeOf(cause)}\nstart one with \`secai-agent serve\`, or name its socket with --socket`,
        ),
      ),
    );
    call.end(payload);
  });

const parseAnswer = (text: string): JsonObject => {
  try {
    const value: unknown = JSON.parse(text);
    if (isJsonObject(value)) return value;
  } catch {
    // Falls through to the one message below: what answered is not an agent.
  }
  throw new CommandFailure(EXIT.unreachable, 'what answered is no agent: its reply is not JSON');
};

const codeOf = (cause: unknown): string =>
  cause instanceof Error
    ? String((cause as NodeJS.ErrnoException).code ?? cause.message)
    : 'failed';

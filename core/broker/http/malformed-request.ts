import { AgentError, factsOf } from '../../vocabulary/errors.ts';
import { invalid } from './invalid.ts';
import { refusalBody } from './refusal-body.ts';
import { SAFE_HEADERS } from './safe-headers.ts';

/** The part of a connection that is needed to refuse what is not HTTP. */
export interface RawConnection {
  readonly writable: boolean;
  write(text: string): unknown;
  destroySoon(): void;
  destroy(): void;
}

/** What Node's parser reports as a client's error. */
export const refusalOfParserError = (code: string | undefined): AgentError => {
  switch (code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new AgentError({ code: 'request_timeout', message: 'request timed out' });
    case 'HPE_HEADER_OVERFLOW':
      return new AgentError({ code: 'headers_too_large', message: 'request headers too large' });
    default:
      return invalid('malformed HTTP request');
  }
};

const REASONS: ReadonlyMap<number, string> = new Map([
  [400, 'Bad Request'],
  [405, 'Method Not Allowed'],
  [408, 'Request Timeout'],
  [431, 'Request Header Fields Too Large'],
]);

/** Answers in JSON, with all headers, where there is no request to answer to, and ends the connection. */
export const refuseConnection = (connection: RawConnection, error: AgentError): void => {
  if (!connection.writable) {
    connection.destroy();
    return;
  }
  const { status } = factsOf(error.code);
  const body = `${JSON.stringify(refusalBody(error))}\n`;
  const head = [
    `HTTP/1.1 ${status} ${REASONS.get(status) ?? 'Error'}`,
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
    ...Object.entries(SAFE_HEADERS).map(([name, value]) => `${name}: ${value}`),
  ];
  connection.write(`${head.join('\r\n')}\r\n\r\n${body}`);
  connection.destroySoon();
};

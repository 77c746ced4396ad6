import { AgentError } from '../../vocabulary/errors.ts';
import { invalid } from './invalid.ts';
import type { ListenAddress } from './listen-address.ts';

/** Header values as they came, repeated ones kept apart. */
interface CallerHeaders {
  readonly host?: readonly string[] | undefined;
  readonly origin?: readonly string[] | undefined;
  readonly 'sec-fetch-site'?: readonly string[] | undefined;
}

// A web page that the user has open can make the browser call 127.0.0.1, and by DNS rebinding even under a
// name of the page's own (attack 172). What the page cannot choose are Host, Origin and Sec-Fetch-Site. The
// agent serves no page, so no origin is its own: any Origin is refused, on the Unix socket too, where it would
// mean that some proxy passes browsers through. Host is checked where the network can reach the listener.

/** @throws AgentError forbidden_origin, or invalid_request for a missing or doubled Host */
export const refuseWebPages = (
  headers: CallerHeaders,
  version: string,
  address: ListenAddress,
): void => {
  const hosts = headers.host ?? [];
  if (hosts.length > 1 || (hosts.length === 0 && version === '1.1'))
    throw invalid('exactly one host header is required');
  if (headers.origin !== undefined) throw forbidden();
  if (headers['sec-fetch-site']?.some((site) => site !== 'none')) throw forbidden();
  if (address.kind === 'unix') return;
  const own = [`127.0.0.1:${address.port}`, `localhost:${address.port}`];
  if (!own.includes(hosts[0]?.toLowerCase() ?? '')) throw forbidden();
};

const forbidden = (): AgentError =>
  new AgentError({ code: 'forbidden_origin', message: 'host or origin not allowed' });

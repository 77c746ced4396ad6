/** The one address that the agent listens at or calls, and the only way to write it. */
export const LOOPBACK = '127.0.0.1';

const HIGHEST_PORT = 65_535;
const PORT = /^[1-9]\d{0,4}$/;

/**
 * The port of `127.0.0.1:PORT`; undefined for anything else. Names are refused, because what `localhost` is
 * the resolver says and not we; so are other spellings of the same address (`127.1`, `2130706433`, `0x7f.1`,
 * `[::ffff:127.0.0.1]`), credentials, and every other address (attack 156).
 */
export const loopbackPort = (authority: string): number | undefined => {
  const [host, port = '', ...more] = authority.split(':');
  if (host !== LOOPBACK || more.length > 0 || !PORT.test(port)) return undefined;
  return Number(port) <= HIGHEST_PORT ? Number(port) : undefined;
};

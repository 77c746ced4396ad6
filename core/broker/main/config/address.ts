import type { ListenAddress } from '../../http/listen-address.ts';
import { LOOPBACK, loopbackPort } from './loopback.ts';
import { badValue, type Environment, folderOrFile, settingOf } from './values.ts';

const VARIABLE = 'BIND_ADDR';
const DEFAULT = 'unix:/run/secure-ai/agent.sock';
const PORT = 8476;
const TCP = `${LOOPBACK}:${PORT}`;
/** The kernel's `sun_path`, less its closing NUL. */
const MOST_BYTES = 107;

/**
 * Where to listen: a Unix socket, or in development mode the one loopback port, never another address.
 * @throws AgentError configuration
 */
export const readAddress = (env: Environment, devMode: boolean): ListenAddress => {
  const value = settingOf(env, VARIABLE) ?? DEFAULT;
  const isTcp = loopbackPort(value) === PORT;
  if (isTcp && devMode) return { kind: 'tcp', host: LOOPBACK, port: PORT };
  if (isTcp)
    throw badValue(VARIABLE, value, `set \`SECAI_DEV_MODE=1\` for TCP, or use \`${DEFAULT}\``);
  if (!value.startsWith('unix:')) {
    const remedy = `give \`unix:\` and an absolute path, or \`${TCP}\` with \`SECAI_DEV_MODE=1\``;
    throw badValue(VARIABLE, value, remedy);
  }
  const path = folderOrFile({ [VARIABLE]: value.slice('unix:'.length) }, VARIABLE);
  if (path === undefined || Buffer.byteLength(path) > MOST_BYTES)
    throw badValue(VARIABLE, value, `give a socket path of 1 to ${MOST_BYTES} bytes`);
  return { kind: 'unix', path };
};

import { AgentError } from '../../vocabulary/errors.ts';
import { type Environment, folderOrFile, settingOf } from './config/values.ts';

const SOCKET = 'SECAI_CELL_SOCKET';
const UNIT = 'SECAI_SERVICE_UNIT';
const OUR_UNIT = 'secure-ai-agent.service';

export type LauncherChoice =
  | { readonly kind: 'spawn' }
  | { readonly kind: 'systemd'; readonly socket: string };

/**
 * How this process may start cells. Our service unit promises cells of their own user, root and network,
 * so under it a child of the broker is refused (attacks 203, 221). systemd sets INVOCATION_ID in every
 * service, ours adds its name: both together say that this is not somebody's shell.
 * @throws AgentError configuration where the service unit names no socket, or the socket is no plain path
 */
export const chooseLauncher = (env: Environment): LauncherChoice => {
  const socket = folderOrFile(env, SOCKET);
  if (socket !== undefined) return { kind: 'systemd', socket };
  if (settingOf(env, UNIT) === OUR_UNIT && settingOf(env, 'INVOCATION_ID') !== undefined)
    throw new AgentError({
      code: 'configuration',
      message: `\`${OUR_UNIT}\` starts no cell as a child, and \`${SOCKET}\` names no socket`,
      remedy: `set \`${SOCKET}\` to the path of \`secai-cell.socket\``,
    });
  return { kind: 'spawn' };
};

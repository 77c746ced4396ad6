import { join } from 'node:path';
import { sha256 } from '../../../vocabulary/digest.ts';
import { AgentError } from '../../../vocabulary/errors.ts';
import type { SubKey } from '../../grant/derive-key.ts';
import type { PluginFilePowers } from './plugin-file-powers.ts';
import { NO_PLUGINS, type PluginState } from './plugin-record.ts';
import {
  damaged,
  decodeLastChange,
  decodeState,
  encodeLastChange,
  encodeState,
} from './state-file.ts';

/** Where the trust states rest. */
export interface SavedState {
  /** @throws AgentError `store_unavailable` for a file that is changed, older than known, or gone */
  load(): Promise<PluginState>;
  /** Durable when it resolves. @throws AgentError `store_unavailable` */
  save(state: PluginState): Promise<void>;
}

interface SavedStateDeps {
  /** The folder of the installed plugins. */
  readonly folder: string;
  /** A folder of the agent outside of it: who deletes or exchanges one of the two folders is found out. */
  readonly anchorFolder: string;
  readonly key: SubKey<'catalog'>;
  readonly files: Pick<PluginFilePowers, 'read' | 'write'>;
}

const MOST_BYTES = 16 * 1024 * 1024;

/**
 * A state file that vanished must never read as `no plugins`, and a revoked plugin must not come back with an
 * older file: so the number of changes and the digest of the last one stand in a second file as well. The state
 * is written first. A crash between the two leaves it one ahead, which is the only difference that is accepted.
 */
export const makeSavedState = (deps: SavedStateDeps): SavedState => {
  const { folder, anchorFolder, key, files } = deps;
  const stateFile = join(folder, 'state.json');
  const anchor = join(anchorFolder, 'plugins.sequence');

  const writeAnchor = (sequence: number, bytes: Uint8Array): Promise<void> =>
    files.write(anchor, encodeLastChange({ sequence, state: sha256(bytes) }, key));

  return Object.freeze<SavedState>({
    load: async () => {
      const [stateBytes, anchorBytes] = await Promise.all(
        [stateFile, anchor].map((path) => files.read(path, MOST_BYTES)),
      ).catch(unreadable);
      const known = anchorBytes === undefined ? undefined : decodeLastChange(anchorBytes, key);
      const count = known?.sequence ?? 0;
      if (stateBytes === undefined) {
        if (count !== 0) throw damaged('state file', 'is gone');
        return NO_PLUGINS;
      }
      const state = decodeState(stateBytes, key);
      if (state.sequence === count + 1) {
        await writeAnchor(state.sequence, stateBytes).catch(unwritable);
      } else if (state.sequence !== count || known?.state !== sha256(stateBytes)) {
        const problem = `is not the last one: it counts \`${state.sequence}\` changes, \`${count}\` are known`;
        throw damaged('state file', problem);
      }
      return state;
    },
    save: async (state) => {
      const bytes = encodeState(state, key);
      // What the next start could not read again is never written: it would not start.
      if (bytes.length > MOST_BYTES) throw tooLarge();
      decodeState(bytes, key);
      await files
        .write(stateFile, bytes)
        .then(() => writeAnchor(state.sequence, bytes))
        .catch(unwritable);
    },
  });
};

const tooLarge = (): AgentError =>
  new AgentError({
    code: 'store_unavailable',
    message: `the state of the installed plugins would have more than ${MOST_BYTES} bytes`,
    remedy: 'install fewer versions of fewer plugins',
  });

const unreadable = (cause: unknown): never => {
  throw new AgentError({
    code: 'store_unavailable',
    message: 'cannot read the state of the installed plugins',
    remedy: 'make AGENT_PLUGIN_DIR a folder of the agent, and start again',
    cause,
  });
};

const unwritable = (cause: unknown): never => {
  throw new AgentError({
    code: 'store_unavailable',
    message: 'cannot write the state of the installed plugins',
    remedy: 'make AGENT_PLUGIN_DIR writable for the agent, and start again',
    cause,
  });
};

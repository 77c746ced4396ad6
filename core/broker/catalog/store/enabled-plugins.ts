import type { PluginId } from '../../../vocabulary/ids.ts';
import type { InstalledStep } from '../../../vocabulary/manifest.ts';

/** Which bytes run now, and who is to be told when they no longer do. */
export interface EnabledPlugins {
  enable(plugin: EnabledPlugin): void;
  /** New steps do not get these bytes; those that run with them go on. */
  replace(key: string): void;
  /** Ends the steps that run with these bytes, now or from before they were replaced. */
  end(key: string): void;
  /** The same for all bytes that one plugin ever ran with, also where their record is gone. */
  endAll(plugin: PluginId): void;
  whileEnabled(key: string): AbortSignal;
  entries(): readonly InstalledStep[];
}

export interface EnabledPlugin {
  readonly key: string;
  readonly entries: readonly InstalledStep[];
}

/** One plugin in just these bytes. */
export const keyOf = (plugin: PluginId, digest: string): string => `${plugin}@${digest}`;

export const makeEnabledPlugins = (): EnabledPlugins => {
  const enabled = new Map<string, EnabledPlugin>();
  // Those of replaced bytes stay: they end when the plugin is revoked while an old step still runs.
  const running = new Map<string, AbortController>();

  const end = (key: string): void => {
    enabled.delete(key);
    running.get(key)?.abort();
    running.delete(key);
  };

  return Object.freeze<EnabledPlugins>({
    enable: (plugin) => {
      enabled.set(plugin.key, plugin);
      if (!running.has(plugin.key)) running.set(plugin.key, new AbortController());
    },
    replace: (key) => {
      enabled.delete(key);
    },
    end,
    endAll: (plugin) => {
      for (const key of running.keys()) if (key.startsWith(keyOf(plugin, ''))) end(key);
    },
    whileEnabled: (key) => {
      const controller = enabled.has(key) ? running.get(key) : undefined;
      return controller?.signal ?? AbortSignal.abort();
    },
    entries: () => [...enabled.values()].flatMap(({ entries }) => entries),
  });
};

import { parseManifest } from '../../../broker/catalog/parse-manifest.ts';
import { makeStepExecutor } from '../../../broker/execute/execute-step.ts';
import { resolveResources } from '../../../broker/grant/resolve.ts';
import { makeResolver } from '../../../broker/grant/resource-name.ts';
import type { SandboxProfiles } from '../../../broker/main/demand-profiles.ts';
import type { Powers } from '../../../broker/main/powers.ts';
import { makeTeardown } from '../../../broker/main/teardown.ts';
import type { Supervisor } from '../../../broker/supervisor/supervisor.ts';
import { type Budgets, NO_USAGE } from '../../../vocabulary/budget.ts';
import { AgentError } from '../../../vocabulary/errors.ts';
import type { BenchRequest, CaseRun } from './bench-messages.ts';
import { benchStep } from './bench-step.ts';
import { BENCH_TOOLS, refuseTool } from './bench-tools.ts';
import { openBenchGateways } from './open-bench-gateways.ts';
import { makeHandleWatch } from './watch-handles.ts';

export interface BenchParts {
  readonly supervisor: Supervisor;
  readonly profiles: SandboxProfiles;
  readonly powers: Powers;
  /** The broker's own folder for what a write replaces. */
  readonly restoreFolder: string;
}

// What a task gets by default; a call that needs more would end in service as well.
const BUDGETS: Budgets = {
  max_steps: 20,
  max_tool_calls: 50,
  max_tokens: 100_000,
  max_wall_clock_seconds: 300,
  max_files_touched: 100,
  max_output_bytes: 10 * 1024 * 1024,
};

/**
 * Makes one call of a plugin: the real resolver, executor, gateways and cell, over the folders of one case.
 * @throws AgentError where it is not even a call: no such entry, a parameter that names nothing
 */
export const runRequest = async (
  { manifest: text, source, entry: name, input, workspaces }: BenchRequest,
  { supervisor, profiles, powers, restoreFolder }: BenchParts,
): Promise<CaseRun> => {
  const manifest = parseManifest(text, 'manifest.yaml');
  const entry = manifest.entries.get(name);
  if (entry === undefined) {
    throw new AgentError({ code: 'not_found', message: `the manifest has no entry \`${name}\`` });
  }
  const step = benchStep(manifest, entry, source);
  const folders = new Map(Object.entries(workspaces));
  const resolved = resolveResources(
    step.annotations,
    input,
    makeResolver(folders, []),
    manifest.requests.tools,
  );
  if (!resolved.ok) {
    throw new AgentError({
      code: 'not_available',
      message: `parameter \`${resolved.parameter}\`: ${resolved.reason}`,
    });
  }
  const roots = [...folders.values()];
  const { onClose, close } = makeTeardown();
  const log: string[] = [];
  try {
    const watch = makeHandleWatch(resolved.resources);
    const gateways = await openBenchGateways(powers, { roots, restoreFolder }, onClose);
    let peakBytes = 0;
    const executor = makeStepExecutor({
      supervisor: {
        run: (job) =>
          supervisor.run({
            ...job,
            onEnded: ({ peakRssBytes }) => {
              peakBytes = Math.max(peakBytes, peakRssBytes);
            },
          }),
      },
      profiles,
      gateways: watch.watching(gateways),
      tools: BENCH_TOOLS,
      whileEnabled: () => new AbortController().signal,
      now: powers.now,
      random: powers.random,
      onLog: ({ lines }) => log.push(...lines),
    });
    const startedAt = powers.elapsed();
    const report = await executor.execute({
      step,
      input,
      inputLabel: 'low',
      resources: resolved.resources,
      access: { readable: roots, writable: roots, ceiling: 'high' },
      used: NO_USAGE,
      budgets: BUDGETS,
      sensitive: false,
      signal: new AbortController().signal,
      journal: watch.journal,
      decideTool: refuseTool,
    });
    const handles = watch.uses();
    return {
      ended: report.kind === 'completed' ? 'completed' : report.code,
      message: report.kind === 'completed' ? '' : report.message,
      output: report.kind === 'completed' ? report.output : null,
      resultBytes: report.kind === 'completed' ? report.bytes : 0,
      handles,
      calls: handles.flatMap(({ calls }) => Object.values(calls)).reduce((a, b) => a + b, 0),
      wallMs: Math.round(powers.elapsed() - startedAt),
      cpuMs: Math.round(report.usage.cpuMs),
      peakBytes,
      log,
    };
  } finally {
    await close();
  }
};

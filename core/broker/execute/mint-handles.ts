import { equalSecrets } from '../../vocabulary/digest.ts';
import { AgentError } from '../../vocabulary/errors.ts';
import { newHandleId, type RandomBytes } from '../../vocabulary/ids.ts';
import type { JsonObject, JsonValue } from '../../vocabulary/json.ts';
import type {
  AccessScope,
  FileResource,
  Resource,
  ToolResource,
} from '../../vocabulary/resource.ts';
import type { Handle, HandleMethod } from '../supervisor/supervisor.ts';
import type { EffectsUnderWay } from './effects-under-way.ts';
import {
  listArguments,
  readArguments,
  searchArguments,
  writeArguments,
} from './handle-arguments.ts';
import type { InvokeTool } from './invoke-tool.ts';
import type { CallJournal, StepGateways } from './step-gateways.ts';
import type { StepMeter } from './step-meter.ts';

interface MintDeps {
  readonly gateways: StepGateways;
  readonly journal: CallJournal;
  readonly meter: StepMeter;
  readonly effects: EffectsUnderWay;
  readonly access: AccessScope;
  readonly random: RandomBytes;
  /** Aborts when the step is cancelled or its plugin revoked. */
  readonly signal: AbortSignal;
  /** Null for a tool: what was invoked invokes nothing itself. */
  readonly invokeTool: InvokeTool | null;
  /** What the person or the policy saw as this step's `content`; a step without one may write nothing. */
  readonly approvedBytes: Uint8Array | null;
}

/**
 * One handle for each resolved resource: exactly its methods, bound to exactly that resource. The id is
 * 128 random bits and is looked up in this step's table alone (attacks 119, 121, 124).
 */
export const mintHandles = (resources: readonly Resource[], deps: MintDeps): readonly Handle[] =>
  resources.map((resource) => ({
    id: newHandleId(deps.random),
    parameter: resource.parameter,
    index: resource.index,
    methods: methodsFor(resource, deps),
  }));

const methodsFor = (resource: Resource, deps: MintDeps): ReadonlyMap<string, HandleMethod> => {
  const { storage, search } = deps.gateways;
  switch (resource.capability) {
    case 'storage.read':
      return new Map([
        [
          'read',
          observing(resource, 'read', deps, async (args) => {
            const answer = await storage.read(resource, deps.access, readArguments(args));
            deps.meter.saw(answer.label);
            return answer;
          }),
        ],
      ]);
    case 'storage.list':
      return new Map([
        [
          'list',
          observing(resource, 'list', deps, (args) =>
            storage.list(resource, deps.access, listArguments(args)),
          ),
        ],
      ]);
    case 'storage.search':
      return new Map([
        [
          'search',
          observing(resource, 'search', deps, async (args, signal) => {
            const query = searchArguments(args);
            const answer = await search.search(resource, deps.access, query, signal);
            deps.meter.saw(answer.label);
            return answer;
          }),
        ],
      ]);
    case 'storage.create':
      return new Map([['write', writing(resource, deps, storage.create)]]);
    case 'storage.replace':
      return new Map([['write', writing(resource, deps, storage.replace)]]);
    case 'tool.invoke':
      return deps.invokeTool === null
        ? refuseCapability(resource)
        : new Map([['invoke', invoking(resource, deps, deps.invokeTool)]]);
    case 'storage.create_under':
    case 'storage.delete':
    case 'airlock.fetch':
      return refuseCapability(resource);
    default: {
      const never: never = resource;
      return never;
    }
  }
};

const refuseCapability = ({ capability }: Resource): never => {
  throw new AgentError({ code: 'policy_denied', message: `no gateway serves \`${capability}\`` });
};

// A tool may have effects. As with a write, the step gets its outcome only after the tool has come to its end.
const invoking =
  (resource: ToolResource, { effects }: MintDeps, invokeTool: InvokeTool): HandleMethod =>
  (args, signal) =>
    effects.add(invokeTool(resource, args, signal));

// A call that a gateway refuses is on record as well: who probes round a refusal shows (attack 222).
const observing =
  (
    resource: Resource,
    method: string,
    { journal, meter }: MintDeps,
    act: (args: JsonValue, signal: AbortSignal) => Promise<object>,
  ): HandleMethod =>
  async (args, signal) => {
    await journal.observed({ resource, method });
    // The handle may have died while the record was written; from then on it does nothing (attack 128).
    if (signal.aborted) throw new AgentError({ code: 'cancelled', message: 'the step is over' });
    meter.touchFile();
    return toJson(await act(args, signal));
  };

const writing =
  (
    resource: FileResource,
    deps: MintDeps,
    write: StepGateways['storage']['create'],
  ): HandleMethod =>
  async (args) => {
    const bytes = await admitted(resource, deps, args);
    return deps.effects.add(written(resource, deps, write, bytes));
  };

// A refused write is on record as well, like a refused read.
const admitted = async (
  resource: Resource,
  { journal, meter, approvedBytes }: MintDeps,
  args: JsonValue,
): Promise<Uint8Array> => {
  try {
    const bytes = writeArguments(args);
    // The cell may be owned by the plugin, so the bytes it asks to write are compared with the bytes that
    // were decided on; what was never shown to anybody is not written.
    if (approvedBytes === null || !equalSecrets(bytes, approvedBytes)) {
      throw new AgentError({
        code: 'not_approved_bytes',
        message: 'the bytes to write differ from the content that was approved',
      });
    }
    meter.touchFile();
    meter.chargeOutput(bytes.length);
    return bytes;
  } catch (refusal) {
    await journal.observed({ resource, method: 'write' });
    throw refusal;
  }
};

const written = async (
  resource: FileResource,
  { journal, access, signal }: MintDeps,
  write: StepGateways['storage']['create'],
  bytes: Uint8Array,
): Promise<JsonValue> => {
  const call = { resource, method: 'write', bytes: bytes.length };
  await journal.began(call);
  // Revoked or cancelled while its intent was made durable: the handle is dead, and the effect does not begin.
  if (signal.aborted) {
    await journal.ended(call, { ok: false });
    throw new AgentError({ code: 'cancelled', message: 'the step is over' });
  }
  const outcome = await write(resource, access, bytes).catch(async (error: unknown) => {
    await journal.ended(call, { ok: false });
    throw error;
  });
  const { size, sha256 } = outcome;
  await journal.ended(call, { ok: true, size, sha256 });
  return { size, sha256 };
};

// A gateway's answer is our own data; the copy drops what is not JSON before it leaves the broker.
const toJson = (answer: object): JsonObject => JSON.parse(JSON.stringify(answer));

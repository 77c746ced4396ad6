import type {
  CallJournal,
  HandleCall,
  StepGateways,
} from '../../../broker/execute/step-gateways.ts';
import { isToolResource, type Resource } from '../../../vocabulary/resource.ts';
import type { HandleUse } from './bench-messages.ts';

/** Counts what a step does with its handles: by the host's records, not by what the step says. */
export interface HandleWatch {
  readonly journal: CallJournal;
  watching(gateways: StepGateways): StepGateways;
  uses(): readonly HandleUse[];
}

export const makeHandleWatch = (resources: readonly Resource[]): HandleWatch => {
  const calls = new Map<Resource, Map<string, number>>(
    resources.map((resource) => [resource, new Map()]),
  );
  const bytes = new Map<Resource, number>();
  const saw = async ({ resource, method }: HandleCall): Promise<void> => {
    const methods = calls.get(resource);
    methods?.set(method, (methods.get(method) ?? 0) + 1);
  };
  const add = (resource: Resource, count: number): void => {
    bytes.set(resource, (bytes.get(resource) ?? 0) + count);
  };
  const sized =
    <Args extends readonly [Resource, ...unknown[]], Answer extends object>(
      act: (...args: Args) => Promise<Answer>,
      sizeOf: (answer: Answer) => number,
    ) =>
    async (...args: Args): Promise<Answer> => {
      const answer = await act(...args);
      add(args[0], sizeOf(answer));
      return answer;
    };
  return Object.freeze<HandleWatch>({
    journal: {
      observed: saw,
      began: saw,
      ended: async () => {},
      // Told by its name alone, before the verdict has any effect: a call that is refused is a use as well.
      toolCalled: async ({ tool }) => {
        const resource = resources.find((each) => isToolResource(each) && each.tool === tool);
        if (resource !== undefined) await saw({ resource, method: 'invoke' });
      },
      retried: async () => {},
    },
    watching: ({ storage, search, ...more }) => ({
      ...more,
      storage: {
        ...storage,
        read: sized(storage.read, bytesOfRead),
        list: sized(storage.list, jsonBytes),
        create: sized(storage.create, ({ size }) => size),
        replace: sized(storage.replace, ({ size }) => size),
      },
      search: { ...search, search: sized(search.search, jsonBytes) },
    }),
    uses: () =>
      resources.map((resource) => ({
        parameter: resource.parameter,
        index: resource.index,
        capability: resource.capability,
        display: resource.display,
        calls: Object.fromEntries(calls.get(resource) ?? []),
        bytes: bytes.get(resource) ?? 0,
      })),
  });
};

const jsonBytes = (answer: object): number => Buffer.byteLength(JSON.stringify(answer));
const bytesOfRead = (answer: object): number =>
  'bytes' in answer && typeof answer.bytes === 'number' ? answer.bytes : jsonBytes(answer);

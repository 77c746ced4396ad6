import { CAPABILITY_FACTS, type Capability } from '../../../vocabulary/capability.ts';
import type {
  Annotation,
  ManifestEntry,
  ManifestRequests,
  ObjectSchema,
} from '../../../vocabulary/manifest.ts';

/** What an entry's handles let it do: one sentence a handle, in the order of its parameters. */
export const maySentences = (
  { input, annotations }: ManifestEntry,
  requests: ManifestRequests,
): readonly string[] => {
  const sentences = annotations.map((annotation) => {
    const { capability, parameter } = annotation;
    const given = input.required.includes(parameter) ? '' : ', where one is given';
    const named = `${namedBy(annotation, input)}${given}`;
    const unserved = CAPABILITY_FACTS[capability].served
      ? ''
      : ' (policy denies it: nothing serves it yet)';
    return `It may ${doing(capability, named, requests)}${unserved}.`;
  });
  if (requests.inference) sentences.push('It may ask the model.');
  return sentences.length === 0 ? ['It may compute with what it is given.'] : sentences;
};

const namedBy = ({ capability, parameter, many }: Annotation, input: ObjectSchema): string => {
  const { names } = CAPABILITY_FACTS[capability];
  const noun = names === 'url' ? 'address' : names;
  const schema = input.properties.get(parameter);
  if (!many || schema === undefined || !('maxItems' in schema)) {
    return `the ${noun} that \`${parameter}\` names`;
  }
  const plural = noun === 'address' ? 'addresses' : `${noun}s`;
  return `the ${plural} that \`${parameter}\` names (at most ${schema.maxItems})`;
};

const doing = (capability: Capability, named: string, requests: ManifestRequests): string => {
  switch (capability) {
    case 'storage.read':
      return `read ${named}`;
    case 'storage.list':
      return `see the names and sizes of what lies in ${named}`;
    case 'storage.search':
      return `search ${named} and read passages of its files`;
    case 'storage.create':
      return `create ${named}, where nothing has that name yet`;
    case 'storage.replace':
      return `replace what stands in ${named}; the old version is kept`;
    case 'storage.create_under':
      return `create files in ${named}`;
    case 'storage.delete':
      return `delete ${named}; what is deleted is kept in the restore area`;
    case 'airlock.fetch':
      return `send a request to ${named}, at no other host than ${hostsOf(requests)}`;
    case 'tool.invoke':
      return `call ${named}, and no other than ${listOf(requests.tools)}`;
    default: {
      const unknown: never = capability;
      return String(unknown);
    }
  }
};

const hostsOf = ({ egress }: ManifestRequests): string =>
  egress.map(({ host, methods }) => `\`${host}\` (${methods.join(', ')})`).join(', ');

const listOf = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ');

import { AgentError } from '../../../../vocabulary/errors.ts';
import { readYaml } from '../../../../vocabulary/parse/yaml.ts';

/** The file that the peer loads its policy from. */
export interface PolicyFilePower {
  /** Undefined where there is none. */
  readonly read: (path: string) => Promise<Uint8Array | undefined>;
  /** Replaces the file in one step, durable and the owner's alone; whoever reads sees the old or the new. */
  readonly replace: (path: string, bytes: Uint8Array) => Promise<void>;
  readonly remove: (path: string) => Promise<void>;
}

const OURS: readonly string[] = ['version', 'tools'];
const MOST_BYTES = 1024 * 1024;

/**
 * The policy that the peer has now, to be put back where it refuses the new one.
 * @throws AgentError `firewall_unavailable` for a file that is also another service's
 */
export const readOldPolicy = async (
  path: string,
  file: PolicyFilePower,
): Promise<Uint8Array | undefined> => {
  const bytes = await file.read(path);
  if (bytes === undefined) return undefined;
  // The peers can share one policy file. Writing ours over it would take their sections away.
  const reading = readYaml(Buffer.from(bytes).toString('utf8'), { maxBytes: MOST_BYTES });
  const { value } = reading.ok ? reading : { value: undefined };
  const isOurs =
    typeof value === 'object' &&
    value !== null &&
    Object.keys(value).every((key) => OURS.includes(key));
  if (isOurs || bytes.length === 0) return bytes;
  throw new AgentError({
    code: 'firewall_unavailable',
    message: 'the policy file of the tool firewall holds something else than its own section',
    remedy: 'name a file in TOOL_FIREWALL_POLICY_PATH that only the tool firewall reads',
  });
};

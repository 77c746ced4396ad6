import type { KeyObject } from 'node:crypto';
import revocationsSchema from '../../../../schemas/revocations.schema.json' with { type: 'json' };
import trustSchema from '../../../../schemas/trust-store.schema.json' with { type: 'json' };
import { makeValidator, type Validator } from '../../../vocabulary/parse/ajv.ts';
import { readJson } from '../../../vocabulary/parse/strict-json.ts';
import { keyIdOf } from './key-id.ts';
import type { PackageFilePowers } from './package-file-powers.ts';
import { parsePublicKey } from './parse-public-key.ts';
import type { KeyId, TrustedKeys, TrustStore } from './plugin-package.ts';
import type { RevocationsFile, SignersFile, TrustStoreFile } from './trust-store-file.ts';
import { makeTrustedFiles, type TrustedFiles, trustFault } from './trusted-file.ts';

const checkTrust = makeValidator<TrustStoreFile>(trustSchema);
const checkRevocations = makeValidator<RevocationsFile>(revocationsSchema);

const TRUST = 'trust.json';
const REVOKED = 'revoked.json';
const KEYS = 'keys';

/**
 * Reads a trust store: `trust.json`, the public keys in `keys/` that it names, and `revoked.json` where
 * there is one.
 * @throws AgentError `trust_store`, naming file and fault
 */
export const readTrustStore = async (
  powers: PackageFilePowers,
  folder: string,
): Promise<TrustStore> => {
  const files = makeTrustedFiles(powers, folder);
  await refuseStrangers(files);
  const trustText = await files.readText(TRUST);
  if (trustText === undefined) throw trustFault(TRUST, 'does not exist');
  const trust = parse(TRUST, trustText, checkTrust);
  const revokedText = await files.readText(REVOKED);
  const revoked =
    revokedText === undefined ? undefined : parse(REVOKED, revokedText, checkRevocations);

  const keys = await readKeys(files, trust);
  const publishers = trustedKeys('publishers', trust.publishers, keys);
  const vetters = trustedKeys('vetters', trust.vetters, keys);
  // Who may both publish and vet would be the second pair of eyes on its own work (attack 147).
  for (const id of publishers.keys.keys()) {
    if (vetters.keys.has(id)) {
      throw trustFault(TRUST, `has key \`${id}\` among the publishers and among the vetters`);
    }
  }
  return Object.freeze({
    publishers,
    vetters,
    revokedKeys: new Set(revoked?.keys),
    revokedPackages: new Set(revoked?.packages),
  });
};

// A list of revocations under a misspelt name would count as none.
const refuseStrangers = async (files: TrustedFiles): Promise<void> => {
  for (const name of await files.list('')) {
    if (name !== TRUST && name !== REVOKED && name !== KEYS) {
      throw trustFault(name, `has no meaning here; only ${TRUST}, ${REVOKED} and ${KEYS}/ have`);
    }
  }
};

type KeysByFile = ReadonlyMap<string, KeyObject>;

const readKeys = async (files: TrustedFiles, trust: TrustStoreFile): Promise<KeysByFile> => {
  const named = new Set([...trust.publishers.keys, ...trust.vetters.keys]);
  const keys = new Map<string, KeyObject>();
  for (const name of await files.list(KEYS)) {
    const file = `${KEYS}/${name}`;
    const reading = parsePublicKey((await files.readText(file)) ?? '');
    if (!reading.ok) throw trustFault(file, reading.problem);
    if (!named.has(name)) throw trustFault(file, `is not named in ${TRUST}; name it or remove it`);
    keys.set(name, reading.key);
  }
  return keys;
};

const trustedKeys = (role: string, signers: SignersFile, files: KeysByFile): TrustedKeys => {
  const keys = new Map<KeyId, KeyObject>();
  for (const name of signers.keys) {
    const key = files.get(name);
    if (key === undefined)
      throw trustFault(`${KEYS}/${name}`, `does not exist, but ${TRUST} names it`);
    const id = keyIdOf(key);
    if (keys.has(id)) throw trustFault(TRUST, `has key \`${id}\` twice among the ${role}`);
    keys.set(id, key);
  }
  if (signers.threshold > keys.size) {
    const problem = `asks for ${signers.threshold} ${role} and has ${keys.size}`;
    throw trustFault(TRUST, problem);
  }
  return { threshold: signers.threshold, keys };
};

const parse = <Document>(file: string, text: string, check: Validator<Document>): Document => {
  const value = readJson(text, (remedy) => trustFault(file, `is not strict JSON; ${remedy}`));
  const checked = check(value);
  if (checked.ok) return checked.value;
  throw trustFault(file, `at \`/${checked.path.join('/')}\`: ${checked.problem}`);
};

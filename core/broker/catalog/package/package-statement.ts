import schema from '../../../../schemas/package-predicate.schema.json' with { type: 'json' };
import { AgentError } from '../../../vocabulary/errors.ts';
import type { Sha256Hex } from '../../../vocabulary/ids.ts';
import { makeValidator } from '../../../vocabulary/parse/ajv.ts';
import { digestOfDigests } from './package-digest.ts';
import { kindOfPath, shownPath } from './package-path.ts';
import type { Statement } from './plugin-package.ts';

/** Names the predicate below. A URI as in-toto wants it; nobody ever fetches it. */
export const PACKAGE_PREDICATE = 'https://secai.dev/plugin-package/v1' as const;

/** What publishers state of a package. */
export interface PackageStatement {
  readonly id: string;
  readonly version: string;
  readonly files: ReadonlyMap<string, Sha256Hex>;
  readonly digest: Sha256Hex;
  /** Unix milliseconds. */
  readonly signedAt: number;
  readonly expires: number | null;
}

/** Its predicate: what `schemas/package-predicate.schema.json` admits. */
export interface PackagePredicate {
  readonly id: string;
  readonly version: string;
  readonly packageDigest: Sha256Hex;
  readonly signedAt: string;
  readonly expires?: string;
}

const check = makeValidator<PackagePredicate>(schema);

/** The statement that publishers sign: one subject a file, and one for the whole. */
export const statePackage = (stated: Omit<PackageStatement, 'digest'>): Statement => {
  const { id, version, files, signedAt, expires } = stated;
  const digest = digestOfDigests(files);
  return {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [
      ...[...files].map(([name, sha256]) => ({ name, digest: { sha256 } })),
      packageSubject(id, version, digest),
    ],
    predicateType: PACKAGE_PREDICATE,
    predicate: {
      id,
      version,
      packageDigest: digest,
      signedAt: new Date(signedAt).toISOString(),
      ...(expires === null ? {} : { expires: new Date(expires).toISOString() }),
    },
  };
};

/** A package as the subject of a statement; no file of a package can have such a name. */
export const packageSubject = (
  id: string,
  version: string,
  digest: Sha256Hex,
): Statement['subject'][number] => ({ name: `${id}@${version}`, digest: { sha256: digest } });

/**
 * What a statement says of a package.
 * @throws AgentError `signature_invalid` for one that is about something else or contradicts itself
 */
export const parsePackageStatement = (statement: Statement): PackageStatement => {
  // Signed, so by somebody trusted; but perhaps as a verdict, or by a tool that lists a file twice. What
  // could be read in two ways is refused as what it is not.
  if (statement.predicateType !== PACKAGE_PREDICATE) throw refusal('it is not about a package');
  const checked = check(statement.predicate);
  if (!checked.ok) throw refusal(`at \`/${checked.path.join('/')}\`: ${checked.problem}`);
  const { id, version, packageDigest, signedAt, expires } = checked.value;

  const whole = `${id}@${version}`;
  const files = new Map<string, Sha256Hex>();
  let wholes = 0;
  for (const { name, digest } of statement.subject) {
    if (name === whole) {
      wholes += 1;
      if (digest.sha256 !== packageDigest) throw refusal('it states two digests of the package');
    } else if (kindOfPath(name) !== 'file') {
      throw refusal(`${shownPath(name)} does not belong in a package`);
    } else if (files.has(name)) throw refusal(`it states ${shownPath(name)} twice`);
    else files.set(name, digest.sha256);
  }
  if (wholes !== 1) throw refusal('it does not state the package once');
  if (digestOfDigests(files) !== packageDigest) {
    throw refusal('the digest of the package is not that of its files');
  }
  return {
    id,
    version,
    files,
    digest: packageDigest,
    signedAt: timeOf(signedAt),
    expires: expires === undefined ? null : timeOf(expires),
  };
};

const timeOf = (text: string): number => {
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw refusal('a time that does not exist');
  return time;
};

const refusal = (problem: string): AgentError =>
  new AgentError({ code: 'signature_invalid', message: `the signed statement: ${problem}` });

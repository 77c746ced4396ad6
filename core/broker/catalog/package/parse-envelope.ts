import schema from '../../../../schemas/dsse-envelope.schema.json' with { type: 'json' };
import statementSchema from '../../../../schemas/statement.schema.json' with { type: 'json' };
import { AgentError } from '../../../vocabulary/errors.ts';
import type { JsonValue } from '../../../vocabulary/json.ts';
import { makeValidator, type Validation } from '../../../vocabulary/parse/ajv.ts';
import { readJson } from '../../../vocabulary/parse/strict-json.ts';
import { PACKAGE_LIMITS } from './check-package-files.ts';
import type { Envelope, Statement } from './plugin-package.ts';

const checkEnvelope = makeValidator<Envelope>(schema);
const checkStatement = makeValidator<Statement>(statementSchema);

/**
 * Reads an envelope; `file` is the name that a refusal shows.
 * @throws AgentError `signature_invalid`
 */
export const parseEnvelope = (bytes: Uint8Array, file: string): Envelope => {
  // Anyone can write these bytes. Two readers must not see two envelopes in them: so equal keys, unknown
  // members, and a second spelling of the same base64 are refused before any signature is looked at.
  if (bytes.length > PACKAGE_LIMITS.envelopeBytes) {
    throw refusal(file, `more than ${PACKAGE_LIMITS.envelopeBytes} bytes`);
  }
  const envelope = fitting(file, checkEnvelope(jsonOf(bytes, file)));
  const encoded = [envelope.payload, ...envelope.signatures.map(({ sig }) => sig)];
  if (!encoded.every(isCanonicalBase64)) throw refusal(file, 'base64 that is not canonical');
  return envelope;
};

/**
 * The statement in an envelope. Nothing is verified: see `verifyStatement()`.
 * @throws AgentError `signature_invalid`
 */
export const readStatement = (envelope: Envelope): Statement => {
  const what = 'the signed statement';
  return fitting(what, checkStatement(jsonOf(Buffer.from(envelope.payload, 'base64'), what)));
};

const jsonOf = (bytes: Uint8Array, what: string): JsonValue => {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw refusal(what, 'not UTF-8');
  }
  return readJson(text, (remedy) => refusal(what, `not strict JSON; ${remedy}`));
};

const fitting = <Document>(what: string, checked: Validation<Document>): Document => {
  if (checked.ok) return checked.value;
  throw refusal(what, `at \`/${checked.path.join('/')}\`: ${checked.problem}`);
};

const isCanonicalBase64 = (text: string): boolean =>
  Buffer.from(text, 'base64').toString('base64') === text;

const refusal = (what: string, problem: string): AgentError =>
  new AgentError({ code: 'signature_invalid', message: `${what}: ${problem}` });

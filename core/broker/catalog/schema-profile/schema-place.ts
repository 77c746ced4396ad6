import type { DocumentPath } from '../../../vocabulary/parse/yaml.ts';
import type { Definitions } from './definitions.ts';
import type { ProfileReading } from './profile-reading.ts';

/** Where in a document a schema stands, and what holds there. */
export interface SchemaPlace {
  readonly path: DocumentPath;
  /** The outermost schema has depth 1. */
  readonly depth: number;
  /** Whether a string here may name a resource. */
  readonly mayName: boolean;
  /** How many values of one document may stand here at most. */
  readonly copies: number;
  /** The definitions that are being followed to here. */
  readonly followed: readonly string[];
  readonly definitions: Definitions;
  readonly reading: ProfileReading;
}

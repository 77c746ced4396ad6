import { CAPABILITY_FACTS } from '../../vocabulary/capability.ts';
import type { InstalledStep, Schema } from '../../vocabulary/manifest.ts';

/** What a planner may know of an enabled tool: its exact id and its parameters, no authority. */
export interface ToolSignature {
  readonly name: string;
  readonly parameters: readonly ToolParameter[];
}

export interface ToolParameter {
  readonly name: string;
  readonly required: boolean;
  readonly many: boolean;
  /** Of one value. */
  readonly schema: Schema;
  /** How it uses the file or folder that it names; null where it names none. */
  readonly names: 'read' | 'write' | null;
}

export const toolSignature = ({
  entry,
  input,
  annotations,
}: Pick<InstalledStep, 'entry' | 'input' | 'annotations'>): ToolSignature => ({
  name: entry,
  parameters: [...input.properties].map(([name, schema]): ToolParameter => {
    const many = 'type' in schema && schema.type === 'array';
    const found = annotations.find(({ parameter }) => parameter === name);
    const facts = found === undefined ? undefined : CAPABILITY_FACTS[found.capability];
    const isPlace = facts?.names === 'file' || facts?.names === 'folder';
    return {
      name,
      required: input.required.includes(name),
      many,
      schema: many ? schema.items : schema,
      names: isPlace ? (facts.access === 'write' ? 'write' : 'read') : null,
    };
  }),
});

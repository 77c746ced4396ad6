import type { Action } from './enums.ts';

/** The closed list of what a manifest may request on a parameter (`x-capability`). */
export const CAPABILITIES = [
  'storage.read',
  'storage.list',
  'storage.search',
  'storage.create',
  'storage.replace',
  'storage.create_under',
  'storage.delete',
  'airlock.fetch',
  'tool.invoke',
] as const;
export type Capability = (typeof CAPABILITIES)[number];

/** From what can be taken back to what cannot (AISVS 9.2.3). */
export const REVERSIBILITIES = [
  'read-only',
  'reversible',
  'externally-reversible',
  'irreversible',
] as const;
export type Reversibility = (typeof REVERSIBILITIES)[number];

export interface CapabilityFacts {
  /** What the parameter names. */
  readonly names: 'file' | 'folder' | 'url' | 'tool';
  readonly access: 'read' | 'write' | 'fetch' | 'invoke';
  /** The methods of the handle that it becomes. */
  readonly methods: readonly string[];
  /** The action whose rules govern it: its preference, or that a person is always asked. */
  readonly governedBy: Action;
  /** The least that a step holding it must admit to (AISVS 9.2.3). */
  readonly reversibility: Reversibility;
  /** False where no gateway serves it yet: a manifest may ask for it, and policy denies with that reason. */
  readonly served: boolean;
}

export const CAPABILITY_FACTS: Readonly<Record<Capability, CapabilityFacts>> = {
  'storage.read': {
    names: 'file',
    access: 'read',
    methods: ['read'],
    governedBy: 'read_file',
    reversibility: 'read-only',
    served: true,
  },
  'storage.list': {
    names: 'folder',
    access: 'read',
    methods: ['list'],
    governedBy: 'read_file',
    reversibility: 'read-only',
    served: true,
  },
  'storage.search': {
    names: 'folder',
    access: 'read',
    methods: ['search'],
    governedBy: 'read_file',
    reversibility: 'read-only',
    served: true,
  },
  'storage.create': {
    names: 'file',
    access: 'write',
    methods: ['write'],
    governedBy: 'write_file',
    reversibility: 'reversible',
    served: true,
  },
  'storage.replace': {
    names: 'file',
    access: 'write',
    methods: ['write'],
    governedBy: 'overwrite_file',
    reversibility: 'reversible',
    served: true,
  },
  'storage.create_under': {
    names: 'folder',
    access: 'write',
    methods: ['write'],
    governedBy: 'write_file',
    reversibility: 'reversible',
    served: false,
  },
  'storage.delete': {
    names: 'file',
    access: 'write',
    methods: ['delete'],
    governedBy: 'batch_delete',
    reversibility: 'reversible',
    served: false,
  },
  'airlock.fetch': {
    names: 'url',
    access: 'fetch',
    methods: ['fetch'],
    governedBy: 'outbound_request',
    reversibility: 'irreversible',
    served: false,
  },
  'tool.invoke': {
    names: 'tool',
    access: 'invoke',
    methods: ['invoke'],
    governedBy: 'tool_invoke',
    reversibility: 'read-only',
    served: true,
  },
};

export const isCapability = (value: unknown): value is Capability =>
  typeof value === 'string' && (CAPABILITIES as readonly string[]).includes(value);

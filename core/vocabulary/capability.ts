import type { ConfigurableAction } from './enums.ts';

/** The closed list of what a manifest may request on a parameter (`x-capability`). */
export const CAPABILITIES = [
  'storage.read',
  'storage.list',
  'storage.search',
  'storage.create',
  'storage.replace',
] as const;
export type Capability = (typeof CAPABILITIES)[number];

export type Reversibility = 'read-only' | 'reversible' | 'externally-reversible' | 'irreversible';

interface CapabilityFacts {
  /** What the parameter names. */
  readonly names: 'file' | 'folder';
  readonly access: 'read' | 'write';
  /** The methods of the handle that it becomes. */
  readonly methods: readonly string[];
  /** The preference that governs it. */
  readonly governedBy: ConfigurableAction;
  /** The least that a step holding it must admit to (AISVS 9.2.3). */
  readonly reversibility: Reversibility;
}

export const CAPABILITY_FACTS: Readonly<Record<Capability, CapabilityFacts>> = {
  'storage.read': {
    names: 'file',
    access: 'read',
    methods: ['read'],
    governedBy: 'read_file',
    reversibility: 'read-only',
  },
  'storage.list': {
    names: 'folder',
    access: 'read',
    methods: ['list'],
    governedBy: 'read_file',
    reversibility: 'read-only',
  },
  'storage.search': {
    names: 'folder',
    access: 'read',
    methods: ['search'],
    governedBy: 'read_file',
    reversibility: 'read-only',
  },
  'storage.create': {
    names: 'file',
    access: 'write',
    methods: ['write'],
    governedBy: 'write_file',
    reversibility: 'reversible',
  },
  'storage.replace': {
    names: 'file',
    access: 'write',
    methods: ['write'],
    governedBy: 'overwrite_file',
    reversibility: 'reversible',
  },
};

export const isCapability = (value: unknown): value is Capability =>
  typeof value === 'string' && (CAPABILITIES as readonly string[]).includes(value);

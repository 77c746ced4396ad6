/** How far a manifest's schema may go: a stranger wrote it, and each limit bounds what we do for it. */
export const PROFILE_LIMITS = {
  /** Schemas within schemas, the outermost counted and every `$ref` followed. */
  depth: 8,
  /** Schemas in one document, each counted as often as a `$ref` leads to it. */
  nodes: 256,
  /** Properties of one object, and definitions below `$defs`. */
  properties: 128,
  enumMembers: 64,
  enumLength: 256,
  /** Code points of a string: what one result can hold. */
  maxLength: 1_048_576,
  maxItems: 10_000,
  /** Code points of a name that becomes a handle, and how many names one parameter may give. */
  resourceLength: 4_096,
  resourceItems: 64,
  /** Characters of a `title`, `description` or `$comment`. */
  textLength: 500,
  /** Characters of one pattern, instructions of its program, and patterns in one document. */
  patternLength: 512,
  patternProgram: 256,
  patterns: 16,
  /** Instructions times characters that the patterns of one document may cost a value at most. */
  patternSteps: 1_000_000,
  /** Findings of one reading; it ends with the last of them. */
  findings: 20,
} as const;

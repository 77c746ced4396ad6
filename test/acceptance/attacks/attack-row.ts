import type { TestContext } from 'node:test';

/** One attack of the catalogue, or one form of it. Its file among the hazards has all its forms. */
export interface AttackRow {
  /** Its number in the list of attacks. */
  readonly attack: number;
  readonly what: string;
  /** Throws where the attack is not refused as it should be. */
  readonly prove: (t: TestContext) => void | Promise<void>;
}

/** Why a call failed, in a line for the broker's log; nothing of it reaches a guest. */
export const reasonOf = (thrown: unknown): string =>
  (thrown instanceof Error ? thrown.message : 'unknown').slice(0, 200);

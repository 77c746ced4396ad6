/** The effects that a step has begun, and which of them have not ended yet. */
export interface EffectsUnderWay {
  add<Result>(effect: Promise<Result>): Promise<Result>;
  /** Whether there ever was one. */
  any(): boolean;
  /** Resolves when none is left, however each of them ended. */
  ended(): Promise<void>;
}

// A guest need not wait for its write, and its cell may die in the middle of it. A step gets its outcome
// only after its effects have theirs, so that no effect outlives the handle that caused it (attack 128).
export const makeEffectsUnderWay = (): EffectsUnderWay => {
  const underWay = new Set<Promise<unknown>>();
  let any = false;
  return Object.freeze<EffectsUnderWay>({
    any: () => any,
    add: (effect) => {
      any = true;
      underWay.add(effect);
      const forget = (): boolean => underWay.delete(effect);
      effect.then(forget, forget);
      return effect;
    },
    ended: async () => {
      await Promise.allSettled(underWay);
    },
  });
};

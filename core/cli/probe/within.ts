/** What the promise gives, or `otherwise` where it has not settled in time. */
export const within = async <Value>(
  ms: number,
  promise: Promise<Value>,
  otherwise: Value,
): Promise<Value> => {
  const late = Promise.withResolvers<Value>();
  const timer = setTimeout(() => late.resolve(otherwise), ms);
  try {
    return await Promise.race([promise, late.promise]);
  } finally {
    clearTimeout(timer);
  }
};

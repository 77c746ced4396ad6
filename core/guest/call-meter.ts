/** Counts one more message to the host. False once the step has sent too many, and has ended. */
export type CallMeter = () => boolean;

export const makeCallMeter = (most: number, over: (code: 'too_many_calls') => void): CallMeter => {
  let sent = 0;
  return () => {
    sent += 1;
    if (sent > most) over('too_many_calls');
    return sent <= most;
  };
};

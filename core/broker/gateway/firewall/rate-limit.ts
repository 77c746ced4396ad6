import type { FirewallPolicy } from '../../../vocabulary/firewall-policy.ts';

type Rate = FirewallPolicy['rate_limit'];

/** One bucket of tokens for all calls (wire contract section 18). */
export interface RateLimit {
  /** Takes one token, or says that there is none. */
  take(rate: Rate): boolean;
}

/**
 * A bucket that holds `burst_size` tokens and fills at `requests_per_minute`; another rate fills it anew.
 * @param elapsed milliseconds of a clock that nobody sets
 */
export const makeRateLimit = (elapsed: () => number): RateLimit => {
  // INVARIANT: nothing is awaited between looking and taking, so that calls at the edge cannot share a token
  // (attack 153).
  let tokens = 0;
  let last = 0;
  let inForce: Rate | undefined;
  return Object.freeze<RateLimit>({
    take: (rate) => {
      const now = elapsed();
      const { requests_per_minute: perMinute, burst_size: burst } = rate;
      if (inForce?.requests_per_minute !== perMinute || inForce.burst_size !== burst) {
        tokens = burst;
      } else {
        tokens = Math.min(burst, tokens + (Math.max(0, now - last) * perMinute) / 60_000);
      }
      inForce = rate;
      last = now;
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
  });
};

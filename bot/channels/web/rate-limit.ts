import { isIPv6 } from 'node:net';
import type { Request } from 'express';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { ProblemError } from './problem.ts';
import type { Handler } from './route.ts';

/**
 * Lets each client make so many requests of a kind a minute. The client is told by its address, which is the proxy's word only
 * where `TRUST_PROXY` says so; addresses are forgotten after the minute and written nowhere.
 *
 * @param keyOf who counts as one client, where that is not the address
 */
export function rateLimit({
  perMinute,
  keyOf = ({ ip = '' }) => clientKey(ip),
}: {
  perMinute: number;
  keyOf?: (req: Request) => string;
}): Handler {
  const limiter = new RateLimiterMemory({ points: perMinute, duration: 60 });
  return async (req, res, next) => {
    try {
      const { remainingPoints } = await limiter.consume(keyOf(req));
      res.setHeader('RateLimit-Limit', perMinute);
      res.setHeader('RateLimit-Remaining', remainingPoints);
    } catch (refused) {
      if (!(refused instanceof RateLimiterRes)) throw refused;
      const seconds = Math.max(1, Math.ceil(refused.msBeforeNext / 1000));
      throw new ProblemError('too_many_requests', `Please wait ${seconds} seconds and try again.`, {
        headers: { 'Retry-After': String(seconds) },
      });
    }
    next();
  };
}

/** An IPv6 client has a whole /64 to choose addresses from, so that is what counts as one client. */
function clientKey(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (!isIPv6(address)) return address;
  const [head = '', tail = ''] = address.split('%', 1)[0]?.split('::') ?? [];
  const groups = (part: string) =>
    part.match(/[\da-f]+/gi)?.map((group) => Number.parseInt(group, 16).toString(16)) ?? [];
  const missing = 8 - groups(head).length - groups(tail).length;
  const all = address.includes('::') ? [...groups(head), ...Array(missing).fill('0'), ...groups(tail)] : groups(head);
  return all.slice(0, 4).join(':');
}

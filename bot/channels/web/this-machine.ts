import { isIP } from 'node:net';
import type { Request } from 'express';

/** Whether a request began here. Behind a proxy on the same machine all do, so what says it was passed on does not count. */
export function isThisMachine({ socket, headers }: Pick<Request, 'socket' | 'headers'>): boolean {
  const passedOn = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'].some((name) => headers[name] !== undefined);
  return !passedOn && isLoopback(socket.remoteAddress);
}

/** An address (not a name) of the loopback interface. */
export function isLoopback(address = ''): boolean {
  const plain = address.replace(/^::ffff:/i, '');
  return plain === '::1' || (isIP(plain) === 4 && plain.startsWith('127.'));
}

/** A host as addresses write it, `localhost` included: what a page elsewhere can't be served from. */
export function isLoopbackName(hostname: string): boolean {
  return hostname === 'localhost' || isLoopback(hostname.replace(/^\[|\]$/g, ''));
}

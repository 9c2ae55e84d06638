import { isIP } from 'node:net';
import { z } from 'zod';

/*
 * Kinds of value that an environment variable may hold. Each reads a string that is not empty, and its message says
 * what is allowed, so that it can stand alone after the variable's name.
 */

export function wholeNumber(least: number, most: number) {
  const allowed = `a whole number from ${least} to ${most}`;
  return z
    .string()
    .regex(/^\d{1,10}$/, allowed)
    .transform(Number)
    .refine((value) => value >= least && value <= most, allowed);
}

export function flag() {
  return z
    .string()
    .regex(/^(true|false|1|0)$/i, 'true or false')
    .transform((value) => /^(true|1)$/i.test(value));
}

export function oneOf<const Choices extends readonly [string, ...string[]]>(choices: Choices) {
  return z.enum(choices, { error: `one of ${choices.join(', ')}` });
}

export function text(allowed: string) {
  return z.string({ error: allowed }).max(300, `${allowed}, up to 300 characters`);
}

/** One word: no space, no quotation mark that slipped in with copying. */
export function token(allowed: string) {
  return z.string().regex(/^[^\s"']+$/, allowed);
}

export function phoneNumber() {
  const allowed = 'a phone number: digits, spaces and + ( ) - . only';
  return z.string().regex(/^\+?[\d\s().-]{2,30}$/, allowed);
}

/** A web address; a slash at its end is taken off, so that paths can be put behind it. */
export function webAddress() {
  const allowed = 'an address that begins with http:// or https://, without ? or #';
  return z
    .string()
    .refine((value) => {
      const url = parseUrl(value);
      return url !== undefined && /^https?:$/.test(url.protocol) && !/[?#\s]/.test(value);
    }, allowed)
    .transform((value) => value.replace(/\/+$/, ''));
}

export function databaseAddress() {
  const allowed = 'an address that begins with postgres:// or postgresql://';
  return z.string().refine((value) => /^postgres(ql)?:$/.test(parseUrl(value)?.protocol ?? ''), allowed);
}

export function list<Item extends z.ZodType<unknown, string>>(item: Item) {
  return z
    .string()
    .transform((value) => value.split(',').map((part) => part.trim()))
    .transform((parts) => parts.filter((part) => part !== ''))
    .pipe(z.array(item).min(1, 'at least one, separated by commas'));
}

/** Scheme, host and port of a page, as browsers send it in `Origin`. */
export function origin() {
  const allowed = 'origins such as https://clinic.example, separated by commas, without a path; * is not allowed';
  return z.string().refine((value) => {
    const url = parseUrl(value);
    return url !== undefined && /^https?:$/.test(url.protocol) && url.origin === value;
  }, allowed);
}

/**
 * Which proxies may say whom they speak for: how many stand in front, or their addresses. Trusting all (`true`) is
 * left out on purpose: anybody could then name any address as theirs.
 */
export function trustedProxies() {
  const allowed =
    'how many proxies stand in front (0 to 9), or their addresses, such as 10.0.0.0/8, separated by commas';
  return z
    .string()
    .refine((value) => /^\d$/.test(value) || value.split(',').every((part) => isAddressRange(part.trim())), allowed)
    .transform((value) => (/^\d$/.test(value) ? Number(value) : value.split(',').map((part) => part.trim())));
}

function isAddressRange(value: string): boolean {
  if (value === 'loopback' || value === 'linklocal' || value === 'uniquelocal') return true;
  const [address = '', bits, ...rest] = value.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
}

function parseUrl(value: string): URL | undefined {
  return URL.canParse(value) ? new URL(value) : undefined;
}

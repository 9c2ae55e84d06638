import { words } from '../../text/normalize.ts';

/** A name for a file or folder: lower-case letters, digits and hyphens only, so that it can't lead anywhere else. */
export function slug(text: string, fallback: string): string {
  const name = words(text)
    .join('-')
    .replace(/[^a-z0-9-]+/g, '')
    .replace(/-{2,}/g, '-')
    .slice(0, LONGEST)
    .replace(/^-+|-+$/g, '');
  return name === '' || WINDOWS_DEVICES.test(name) ? fallback : name;
}

const LONGEST = 60;
const WINDOWS_DEVICES = /^(?:con|prn|aux|nul|com\d|lpt\d)$/;

/** The name, or the name with the first number from 2 on that is not taken. */
export function freeName(name: string, isTaken: (name: string) => boolean): string {
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? name : `${name}-${number}`;
    if (!isTaken(candidate)) return candidate;
  }
}

import { existsSync } from 'node:fs';
import sparticuz from '@sparticuz/chromium';

/**
 * A Chromium for tests and pictures: the one that `CHROMIUM` names, else the package's, else Debian's. It is unpacked at
 * the first call on a machine, which must not be made twice at once.
 */
export async function chromiumPath(): Promise<string> {
  const { CHROMIUM } = process.env;
  if (CHROMIUM) return CHROMIUM;
  try {
    return await sparticuz.executablePath();
  } catch (cause) {
    const debian = '/usr/bin/chromium';
    if (existsSync(debian)) return debian;
    throw new Error('chromium: the package @sparticuz/chromium does not unpack; set CHROMIUM to a browser', { cause });
  }
}

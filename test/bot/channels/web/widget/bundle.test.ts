import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import {
  readWidgetManifest,
  WIDGET_FOLDER,
  type WidgetManifest,
} from '../../../../../bot/channels/web/widget-manifest.ts';
import { serveWeb } from '../../../../support/serve-web.ts';

const LIMIT = 40 * 1024;

function manifest(): WidgetManifest {
  const read = readWidgetManifest();
  if (!read) throw new Error('widget: not built; run "npm run build"');
  return read;
}

describe('the bundle', () => {
  it('is at most 40 KB gzipped', () => {
    expect(gunzipSync(readFileSync(path.join(WIDGET_FOLDER, `${manifest().file}.gz`))).length).toBeGreaterThan(10_000);
    expect(manifest().size).toBeLessThanOrEqual(LIMIT);
  });

  it('is the same in every form, under the name and with the integrity of its content', () => {
    const { file, integrity } = manifest();
    const code = readFileSync(path.join(WIDGET_FOLDER, file));
    expect(gunzipSync(readFileSync(path.join(WIDGET_FOLDER, `${file}.gz`)))).toEqual(code);
    expect(brotliDecompressSync(readFileSync(path.join(WIDGET_FOLDER, `${file}.br`)))).toEqual(code);
    expect(integrity).toBe(`sha384-${createHash('sha384').update(code).digest('base64')}`);
    expect(file).toContain(createHash('sha256').update(code).digest('hex').slice(0, 12));
  });

  it('writes no markup, evaluates no text, and knows no cookie, lasting storage or other host', () => {
    const code = readFileSync(path.join(WIDGET_FOLDER, manifest().file), 'utf8');
    expect(code).not.toMatch(
      /innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment|\beval\(|new Function|srcdoc/,
    );
    expect(code).not.toMatch(/\.cookie\b|localStorage|indexedDB/);
    const hosts = [...code.matchAll(/https?:\/\/[^\s"'`]+/g)].map(([address]) => address);
    expect(hosts).toEqual(['http://www.w3.org/2000/svg']);
  });
});

describe('/widget.js', () => {
  it('leads to the script as it is now, for five minutes, wherever it is embedded', async () => {
    const { url } = await serveWeb();
    const response = await fetch(`${url}/widget.js`, { redirect: 'manual' });
    expect(response.status).toBe(302);
    expect(response.headers.get('location')).toBe(`widget/${manifest().file}`);
    expect(response.headers.get('cache-control')).toBe('public, max-age=300');
    expect(response.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
  });
});

describe('/widget/{file}', () => {
  it.each([
    ['br', 'br'],
    ['gzip', 'gzip'],
    ['identity', null],
  ])('serves the script compressed as asked (%s), never to change', async (accepted, sent) => {
    const { url } = await serveWeb();
    const { file } = manifest();
    const response = await fetch(`${url}/widget/${file}`, { headers: { 'accept-encoding': accepted } });
    expect(response.headers.get('content-encoding')).toBe(sent);
    expect(response.headers.get('content-type')).toContain('text/javascript');
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(response.headers.get('vary')).toContain('Accept-Encoding');
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(response.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    expect(await response.text()).toBe(readFileSync(path.join(WIDGET_FOLDER, file), 'utf8'));
  });

  it('leads from a script that is gone to the one that is there', async () => {
    const { url } = await serveWeb();
    const response = await fetch(`${url}/widget/quotewell-000000000000.js`);
    expect(response.url).toBe(`${url}/widget/${manifest().file}`);
  });

  it('names the script and its integrity, and serves its types', async () => {
    const { url } = await serveWeb();
    const { file, integrity } = manifest();
    expect(await (await fetch(`${url}/widget/manifest.json`)).json()).toMatchObject({ file, integrity });
    expect(await (await fetch(`${url}/widget/quotewell-chat.d.ts`)).text()).toContain('interface QuotewellChatElement');
  });

  it.each(['other.js', '..%2Fbot%2Fmain.js', 'manifest.json.gz', '%00'])('serves nothing else: %s', async (file) => {
    const { url } = await serveWeb();
    expect((await fetch(`${url}/widget/${file}`)).status).toBe(404);
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { REGIONS } from '../../../../knowledge/pack/pack.ts';
import { projectRoot } from '../../../../knowledge/project-root.ts';
import { serveWeb } from '../../../support/serve-web.ts';

const FOLDER = path.join(projectRoot(), 'bot/channels/web/page');
const read = (file: string) => readFileSync(path.join(FOLDER, file), 'utf8');
const scripts = readdirSync(FOLDER).filter((name) => name.endsWith('.js'));

describe.each([
  ['/', 'index.html'],
  ['/playground', 'playground.html'],
])('the page at %s', (address, file) => {
  const html = read(file);

  it('is served with every file that it names', async () => {
    const { url } = await serveWeb();
    const response = await fetch(url + address);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(await response.text()).toBe(html);
    const named = [...html.matchAll(/(?:src|href)="((?:page\/|widget|playground|openapi)[^"]*)"/g)].map(([, it]) => it);
    expect(named.length).toBeGreaterThan(2);
    for (const file of named) expect((await fetch(`${url}/${file}`)).status, file).toBe(200);
  });

  it('keeps to its own policy: no inline script or style, no other host', () => {
    expect(html).not.toMatch(/<style|\sstyle=|\son\w+=|(?:src|href)="https?:\/\//);
    expect(html).not.toMatch(/<script(?![^>]*\ssrc=)/);
  });
});

describe('/page/{file}', () => {
  it.each([
    ['page.js', 'text/javascript'],
    ['page.css', 'text/css'],
    ['icon.svg', 'image/svg+xml'],
  ])('serves %s as what it is', async (file, type) => {
    const { url } = await serveWeb();
    const response = await fetch(`${url}/page/${file}`);
    expect(response.headers.get('content-type')).toContain(type);
    expect(response.headers.get('cache-control')).toBe('no-cache');
  });

  it('serves the modules that its scripts import', async () => {
    const { url } = await serveWeb();
    for (const script of scripts) {
      for (const [, file] of read(script).matchAll(/from '\.\/([^']+)'/g)) {
        expect((await fetch(`${url}/page/${file}`)).status, file).toBe(200);
      }
    }
  });

  it.each(['index.html', 'none.js', '..%2Fapp.ts', '..%2F..%2F..%2F..%2Fpackage.json', '%2Fetc%2Fpasswd', '.', '%00'])(
    'serves nothing else: /page/%s',
    async (file) => {
      const { url } = await serveWeb();
      const response = await fetch(`${url}/page/${file}`);
      // "/page/." is "/page/" to the client already.
      expect(response.status).toBe(404);
    },
  );

  it('writes no markup from what it is told', () => {
    for (const script of scripts) {
      expect(read(script), script).not.toMatch(
        /innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment|eval\(/,
      );
    }
  });

  it('keeps nothing in the browser', () => {
    for (const script of scripts) {
      expect(read(script), script).not.toMatch(/localStorage|sessionStorage|cookie|indexedDB/);
    }
  });
});

describe('the playground', () => {
  it('offers the regions that there are', () => {
    const offered = [...read('playground.html').matchAll(/<option value="([A-Z]+)">/g)].map(([, region]) => region);
    expect(offered).toEqual([...REGIONS]);
  });
});

import { describe, expect, it, onTestFinished } from 'vitest';
import { launchChromium } from '../../../../support/browser.ts';
import { serveHostPage } from '../../../../support/host-page.ts';
import { serveWeb } from '../../../../support/serve-web.ts';

describe('loading', () => {
  it('asks for one script, and for nothing else before the page itself is there', async () => {
    const { page, site, requests } = await clinicPage();
    await page.goto(site);
    await page.waitForRequest(/api\/starters/);
    const loaded = requests.indexOf('load');
    const before = requests.slice(0, loaded).map((what) => new URL(what).pathname);
    expect(before.filter((path) => path !== '/' && path !== '/widget.js')).toEqual([
      expect.stringMatching(/^\/widget\/quotewell-[0-9a-f]{12}\.js$/),
    ]);
  });

  // Total blocking time as Lighthouse counts it, by processor time rather than by the clock, so that a busy machine
  // does not count.
  it('blocks the page for less than 50 ms', async () => {
    const { browser, page, site } = await clinicPage();
    await browser.startTracing(page, {
      categories: ['toplevel', 'devtools.timeline', 'disabled-by-default-devtools.timeline'],
    });
    await page.goto(site);
    await page.locator('quotewell-chat .launcher').waitFor();
    const trace = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
    const main = trace.traceEvents.find(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain');
    const tasks = trace.traceEvents.filter(
      ({ name, pid, tid }) => /RunTask$/.test(name) && pid === main?.pid && tid === main.tid,
    );
    expect(tasks.length).toBeGreaterThan(0);
    const blocking = tasks.reduce((sum, { tdur = 0 }) => sum + Math.max(0, tdur / 1000 - 50), 0);
    expect(blocking).toBeLessThan(50);
  });
});

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds of processor time. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

async function clinicPage() {
  const site = await serveHostPage();
  const { url } = await serveWeb({ env: { ALLOWED_ORIGINS: site.url } });
  site.show(`<!doctype html><html lang="en"><head><title>A clinic</title><link rel="icon" href="data:,">
    <script src="${url}/widget.js" defer></script></head><body><h1>A clinic</h1><quotewell-chat></quotewell-chat></body></html>`);
  const browser = await launchChromium();
  onTestFinished(() => browser.close());
  const page = await browser.newPage();
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  page.on('load', () => requests.push('load'));
  return { browser, page, site: site.url, requests };
}

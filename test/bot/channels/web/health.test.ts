import { expect, it } from 'vitest';
import type { Problem } from '../../../../bot/channels/web/problem.ts';
import { bodyOf, serveWeb } from '../../../support/serve-web.ts';

it('is alive whether or not it can be asked yet', async () => {
  const { url } = await serveWeb({ ready: () => false });
  const response = await fetch(`${url}/healthz`);
  expect([response.status, await response.json()]).toEqual([200, { status: 'alive' }]);
});

it('is ready as soon as the bot is', async () => {
  let ready = false;
  const { url } = await serveWeb({ ready: () => ready });
  const before = await fetch(`${url}/readyz`);
  expect([before.status, before.headers.get('retry-after')]).toEqual([503, '1']);
  expect((await bodyOf<Problem>(before)).code).toBe('not_ready');
  ready = true;
  const after = await fetch(`${url}/readyz`);
  expect([after.status, await after.json()]).toEqual([200, { status: 'ready' }]);
});

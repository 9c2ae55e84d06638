import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { purgeRegularly } from '../../../bot/store/purge-regularly.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const MINUTE = 60_000;

it('purges at once and every ten minutes until it is stopped', async () => {
  const purge = vi.fn(async () => {});
  const purging = purgeRegularly({ store: { purge }, onFailure: () => {} });
  expect(purge).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(21 * MINUTE);
  expect(purge).toHaveBeenCalledTimes(3);
  await purging.stop();
  await vi.advanceTimersByTimeAsync(60 * MINUTE);
  expect(purge).toHaveBeenCalledTimes(3);
});

it('goes on after a purge that failed, and says so', async () => {
  const failure = new Error('locked');
  const purge = vi.fn(() => Promise.reject(failure));
  const onFailure = vi.fn();
  const purging = purgeRegularly({ store: { purge }, onFailure });
  await vi.advanceTimersByTimeAsync(10 * MINUTE);
  await purging.stop();
  expect(onFailure.mock.calls).toEqual([[failure], [failure]]);
});

it('waits for the purge under way when it is stopped', async () => {
  let finish = () => {};
  const purge = () =>
    new Promise<void>((resolve) => {
      finish = resolve;
    });
  const purging = purgeRegularly({ store: { purge }, onFailure: () => {} });
  let stopped = false;
  const stopping = purging.stop().then(() => {
    stopped = true;
  });
  await vi.advanceTimersByTimeAsync(0);
  expect(stopped).toBe(false);
  finish();
  await stopping;
});

it('does not keep the process alive', () => {
  const timers = vi.spyOn(globalThis, 'setInterval');
  const { stop } = purgeRegularly({ store: { purge: async () => {} }, onFailure: () => {} });
  expect(timers.mock.results[0]?.value.hasRef()).toBe(false);
  return stop();
});

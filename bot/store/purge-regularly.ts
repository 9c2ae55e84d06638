import type { Store } from './store.ts';

/** Minutes between two purges: how long what has expired may still lie in a file. */
const PURGE_MINUTES = 10;

/** Purges now and every ten minutes, without keeping the process alive for it. Stop it before the store is closed. */
export function purgeRegularly({
  store,
  onFailure,
}: {
  store: Pick<Store, 'purge'>;
  onFailure: (error: unknown) => void;
}): { stop(): Promise<void> } {
  let underWay = Promise.resolve();
  const purge = () => {
    underWay = store.purge().catch(onFailure);
  };
  purge();
  const timer = setInterval(purge, PURGE_MINUTES * 60_000);
  timer.unref();
  return {
    stop() {
      clearInterval(timer);
      return underWay;
    },
  };
}

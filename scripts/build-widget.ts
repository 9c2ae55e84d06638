import { buildWidget } from '../bot/channels/web/widget-build.ts';
import { runCommand } from './run-command.ts';

// Part of `npm run build`: bundles the chat widget into dist/widget, unless nothing of it has changed.
await runCommand(async () => {
  const { built, file, size } = await buildWidget();
  if (built) console.log(`${file}: ${(size / 1024).toFixed(1)} KB gzipped`);
  return 0;
});

import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { terminalSvg } from '../bot/channels/terminal/terminal-svg.ts';
import { runCommand } from './run-command.ts';

const HELP = `
Draw a command's output as an SVG picture, such as docs/ask.svg:

  FORCE_COLOR=1 COLUMNS=84 COMMAND | node dist/scripts/draw-terminal.js --command "COMMAND as shown" > FILE`.trim();

await runCommand(async () => {
  const { values } = parseArgs({
    options: { command: { type: 'string', default: '' }, help: { type: 'boolean', short: 'h', default: false } },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const prompt = values.command === '' ? '' : `\u001b[36m$\u001b[39m ${values.command}\n`;
  process.stdout.write(terminalSvg({ output: prompt + (await text(process.stdin)), title: values.command }));
  return 0;
});

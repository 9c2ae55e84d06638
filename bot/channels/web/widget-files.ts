import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ProblemError } from './problem.ts';
import type { Handler, Route } from './route.ts';
import { readWidgetManifest, WIDGET_FOLDER, type WidgetManifest } from './widget-manifest.ts';

/**
 * `GET /widget.js`: the address that pages embed. It leads to the script as it is now, and browsers ask again after
 * five minutes, so that a clinic's page need not change when the widget does.
 */
export function widgetRoute(): Route {
  return {
    method: 'get',
    path: '/widget.js',
    handlers: [
      publicFile,
      (_req, res) => {
        const { file } = builtWidget();
        res.setHeader('Cache-Control', 'public, max-age=300');
        // Relative, so that it holds behind a proxy that serves the bot under a path.
        res.redirect(302, `widget/${file}`);
      },
    ],
    describes: {
      operationId: 'widget',
      summary: 'The chat widget: leads to its script as it is now',
      responses: {
        302: { description: 'To /widget/{file}' },
        503: { $ref: '#/components/responses/Problem' },
      },
    },
  };
}

/** `GET /widget/{file}`: the script under the name of its content, its manifest, and its types. */
export function widgetFileRoute(): Route {
  return {
    method: 'get',
    path: '/widget/{file}',
    pattern: '/widget/:file',
    handlers: [
      publicFile,
      (req, res) => {
        const { file: script, integrity, size } = builtWidget();
        const file = String(req.params.file);
        if (file === script) return sendScript(script, req, res);
        res.setHeader('Cache-Control', 'no-cache');
        if (file === 'manifest.json') res.json({ file: script, integrity, size });
        else if (file === TYPES) res.type('text/plain').send(read(file));
        // A browser may remember where widget.js led five minutes ago. Where the page gave an integrity, the browser
        // refuses the newer script, as it should.
        else if (SCRIPT.test(file)) res.redirect(302, script);
        else throw new ProblemError('not_found', 'The widget has no such file.');
      },
    ],
    describes: {
      operationId: 'widgetFile',
      summary: "The widget's script, its manifest (manifest.json) and its types (quotewell-chat.d.ts)",
      parameters: [{ name: 'file', in: 'path', required: true, schema: { type: 'string' } }],
      responses: {
        200: { description: 'The file. A script under the name of its content never changes' },
        302: { description: 'From a script that is gone to the one that is there' },
        503: { $ref: '#/components/responses/Problem' },
      },
    },
  };
}

const TYPES = 'quotewell-chat.d.ts';
const SCRIPT = /^quotewell-[0-9a-f]{12}\.js$/;

/** Any page may load the widget, and check it by its integrity. */
const publicFile: Handler = (_req, res, next) => {
  res.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
  res.setHeader('Access-Control-Allow-Origin', '*');
  next();
};

function sendScript(script: string, req: Parameters<Handler>[0], res: Parameters<Handler>[1]): void {
  res.setHeader('Cache-Control', 'public, max-age=31536000, immutable');
  res.vary('Accept-Encoding');
  const encoding = req.acceptsEncodings(['br', 'gzip']);
  if (encoding === 'br' || encoding === 'gzip') res.setHeader('Content-Encoding', encoding);
  const suffix = encoding === 'br' ? '.br' : encoding === 'gzip' ? '.gz' : '';
  res.type('text/javascript').send(read(`${script}${suffix}`));
}

function read(file: string): Buffer {
  return readFileSync(path.join(WIDGET_FOLDER, file));
}

/** Asked for at each request: a build while the server runs is served at once. */
function builtWidget(): WidgetManifest {
  const manifest = readWidgetManifest();
  if (!manifest) throw new ProblemError('not_ready', 'The widget is not built. The operator can run "npm run build".');
  return manifest;
}

import { readdirSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../../../knowledge/project-root.ts';
import { ProblemError } from './problem.ts';
import type { Route } from './route.ts';

/** `GET /`: what Quotewell does, to try and to embed. */
export function pageRoute(): Route {
  return htmlRoute({ address: '/', file: 'index.html', operationId: 'page', summary: 'A page to try the chat on' });
}

/** `GET /playground`: the chat's looks, to try and to copy. */
export function playgroundRoute(): Route {
  return htmlRoute({
    address: '/playground',
    file: 'playground.html',
    operationId: 'playground',
    summary: "A page to try the chat's looks on",
  });
}

/** `GET /page/{file}`: the pages' scripts, style and icon. */
export function pageFileRoute(): Route {
  const files = new Set(readdirSync(FOLDER).filter((name) => !name.endsWith('.html')));
  return {
    method: 'get',
    path: '/page/{file}',
    pattern: '/page/:file',
    handlers: [
      (req, res) => {
        const file = String(req.params.file);
        // Only what was there at start, by its whole name: no path that a client makes up reaches the disk.
        if (!files.has(file)) throw new ProblemError('not_found', 'The page has no such file.');
        sendFile(res, file);
      },
    ],
    describes: {
      operationId: 'pageFile',
      summary: "The pages' scripts, style and icon",
      parameters: [{ name: 'file', in: 'path', required: true, schema: { type: 'string', enum: [...files].sort() } }],
      responses: { 200: { description: 'The file' } },
    },
  };
}

/** In the sources also when this runs from `dist/`, where only programs are. */
const FOLDER = path.join(projectRoot(), 'bot/channels/web/page');

function htmlRoute({
  address,
  file,
  operationId,
  summary,
}: {
  address: string;
  file: string;
  operationId: string;
  summary: string;
}): Route {
  return {
    method: 'get',
    path: address,
    handlers: [(_req, res) => sendFile(res, file)],
    describes: {
      operationId,
      summary,
      responses: { 200: { description: 'The page', content: { 'text/html': { schema: { type: 'string' } } } } },
    },
  };
}

function sendFile(res: Parameters<Route['handlers'][number]>[1], file: string): void {
  res.setHeader('Cache-Control', 'no-cache');
  res.sendFile(file, { root: FOLDER, cacheControl: false });
}

import { readdirSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../../../knowledge/project-root.ts';
import { ProblemError } from './problem.ts';
import type { Route } from './route.ts';

/** `GET /`: a page to type a question into. */
export function pageRoute(): Route {
  return {
    method: 'get',
    path: '/',
    handlers: [(_req, res) => sendFile(res, 'index.html')],
    describes: {
      operationId: 'page',
      summary: 'A page to type a question into',
      responses: { 200: { description: 'The page', content: { 'text/html': { schema: { type: 'string' } } } } },
    },
  };
}

/** `GET /page/{file}`: the page's script, style and icon. */
export function pageFileRoute(): Route {
  const files = new Set(readdirSync(FOLDER).filter((name) => name !== 'index.html'));
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
      summary: "The page's script, style and icon",
      parameters: [{ name: 'file', in: 'path', required: true, schema: { type: 'string', enum: [...files].sort() } }],
      responses: { 200: { description: 'The file' } },
    },
  };
}

/** In the sources also when this runs from `dist/`, where only programs are. */
const FOLDER = path.join(projectRoot(), 'bot/channels/web/page');

function sendFile(res: Parameters<Route['handlers'][number]>[1], file: string): void {
  res.setHeader('Cache-Control', 'no-cache');
  res.sendFile(file, { root: FOLDER, cacheControl: false });
}

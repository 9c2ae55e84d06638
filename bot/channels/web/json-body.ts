import { isUtf8 } from 'node:buffer';
import express from 'express';
import { ProblemError } from './problem.ts';
import type { Handler } from './route.ts';

const BODY_LIMIT = 8 * 1024;

/** Reads a JSON body of up to `limit` bytes (8 KB where absent), in UTF-8. Anything else is a `ProblemError`. */
export function jsonBody({ limit = BODY_LIMIT }: { limit?: number } = {}): readonly Handler[] {
  return [
    (req, _res, next) => {
      if (!isJson(req.headers['content-type'])) {
        throw new ProblemError('unsupported_media_type', 'Send the header "Content-Type: application/json".');
      }
      next();
    },
    express.json({
      limit,
      // The check above is stricter.
      type: () => true,
      // A lone string or number is JSON too: that it is no question is then said by the schema.
      strict: false,
      verify: (_req, _res, body) => {
        if (!isUtf8(body)) throw new ProblemError('invalid_json', 'The body is not text in UTF-8.');
      },
    }),
  ];
}

function isJson(contentType = ''): boolean {
  const [type = '', ...parameters] = contentType
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  return (
    type === 'application/json' &&
    parameters.every((parameter) => /^(charset="?utf-?8"?)?$|^(?!charset)/.test(parameter))
  );
}

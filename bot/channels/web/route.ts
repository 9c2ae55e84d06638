import type { Request, RequestHandler } from 'express';
import type { RequestNotes } from './request-log.ts';

/** One thing that can be asked of the server: what answers, and how it is described. */
export interface Route {
  readonly method: 'get' | 'post' | 'delete';
  /** As OpenAPI writes it: `/api/passages/{id}`. */
  readonly path: string;
  /** As Express matches it, where that differs. */
  readonly pattern?: string;
  readonly handlers: readonly Handler[];
  readonly describes: Operation;
}

export type Handler = RequestHandler<Request['params'], unknown, unknown, Request['query'], Locals>;
export type Locals = { notes: RequestNotes };

/** An operation object of OpenAPI 3.1, as far as Quotewell uses it. */
export interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly parameters?: readonly object[];
  readonly requestBody?: object;
  readonly security?: readonly object[];
  /** By status. What every route may answer (404, 405, 500) is added by `openapi.ts`. */
  readonly responses: Readonly<Record<string, object>>;
}
